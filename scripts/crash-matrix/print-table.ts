import type { CellResult } from './kill-cell.ts'
import { targets } from './list-cells.ts'

/** Formats the results as text: a row for each step and moment, a column for each process, then the failures. */
export function printTable(results: readonly CellResult[]): string {
  const rows = new Map<string, CellResult[]>()
  for (const result of results) {
    const name = `${result.step} (${result.moment})`
    rows.set(name, [...(rows.get(name) ?? []), result])
  }
  const heading = 'step (killed at)'
  const width = Math.max(...[heading, ...rows.keys()].map(({ length }) => length))
  const columns = targets.filter((target) => results.some((result) => result.target === target))
  const line = (name: string, fields: string[]) =>
    `  ${[name.padEnd(width), ...fields.map((field) => field.padEnd(10))].join('  ')}`.trimEnd()
  const failures = results.filter(({ ok }) => !ok)
  return [
    line(heading, [...columns]),
    ...[...rows].map(([name, cells]) =>
      line(
        name,
        columns.map((target) => formatCell(cells.find((cell) => cell.target === target))),
      ),
    ),
    ...failures.map(
      ({ step, target, moment, problems }) =>
        `\n${step} (${moment}), ${target} killed:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    ),
    `\n${results.length - failures.length} of ${results.length} ok.`,
  ].join('\n')
}

function formatCell(cell: CellResult | undefined): string {
  if (!cell) return '-'
  if (cell.ok) return `ok ${(cell.recoveredMs / 1000).toFixed(1)} s`
  return cell.landed ? 'FAILED' : 'not hit'
}
