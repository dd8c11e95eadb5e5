import { isDeepStrictEqual } from 'node:util'
import type { Facts } from './read-facts.ts'

const longestChars = 400

/** How a sermon differs from one that had no crash, one line for each difference. Empty when it does not. */
export function compareFacts(found: Facts, expected: Facts): string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(found)])
  return [...names]
    .filter((name) => !isDeepStrictEqual(found[name], expected[name]))
    .map((name) => `${name}: ${inWords(found[name], expected[name])}`)
}

function inWords(found: unknown, expected: unknown): string {
  if (!Array.isArray(found) || !Array.isArray(expected)) {
    return `${shorten(found)} instead of ${shorten(expected)}`
  }
  const unexpected = found.filter((row) => countOf(row, found) > countOf(row, expected))
  const missing = expected.filter((row) => countOf(row, expected) > countOf(row, found))
  return [
    ...(unexpected.length > 0 ? [`there is ${shorten(unexpected)}`] : []),
    ...(missing.length > 0 ? [`there should be ${shorten(missing)}`] : []),
    ...(unexpected.length + missing.length === 0 ? ['in another order'] : []),
  ].join(', ')
}

function countOf(wanted: unknown, rows: readonly unknown[]): number {
  return rows.filter((row) => isDeepStrictEqual(row, wanted)).length
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > longestChars ? `${text.slice(0, longestChars)}…` : text
}
