import { isDeepStrictEqual } from 'node:util'
import type { Facts } from './read-facts.ts'

const longestChars = 400

/** Lists the differences between a sermon and one that had no crash, one line each. Empty when there are none. */
export function compareFacts(found: Facts, expected: Facts): string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(found)])
  return [...names]
    .filter((name) => !isDeepStrictEqual(found[name], expected[name]))
    .map((name) => `${name}: ${describeDifference(found[name], expected[name])}`)
}

function describeDifference(found: unknown, expected: unknown): string {
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

function countOf(expected: unknown, rows: readonly unknown[]): number {
  return rows.filter((row) => isDeepStrictEqual(row, expected)).length
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > longestChars ? `${text.slice(0, longestChars)}…` : text
}
