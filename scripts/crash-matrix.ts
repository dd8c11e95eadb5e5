/**
 * `npm run crash-matrix [-- --steps=media/encode,… --targets=worker,… --moments=begin,… --repeated=progress,…
 * --json]`: for every step of the pipeline kills the run worker, the job engine, the database and the web server
 * in turn at that step, and shows whether the sermon was completed whole and once. Then kills one run repeatedly.
 * docs/operations/crash-matrix.md says how.
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { buildWeb } from './build/build-web.ts'
import { repeatedKills } from './crash-matrix/kill-repeatedly.ts'
import { listCells, listMatrixSteps, moments, targets } from './crash-matrix/list-cells.ts'
import { printTable } from './crash-matrix/print-table.ts'
import { runMatrix } from './crash-matrix/run-matrix.ts'

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '' },
    targets: { type: 'string', default: '' },
    moments: { type: 'string', default: '' },
    repeated: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
})

/** The words of a list; ends the command when one of them is not among the known ones. */
function choose<Word extends string>(option: string, list: string, known: readonly Word[]): Word[] {
  const wanted = list.split(',').filter((word) => word !== '')
  const strange = wanted.find((word) => !known.some((name) => name === word))
  if (strange !== undefined) {
    console.error(`--${option}: there is no "${strange}". Choose from ${known.join(', ')}.`)
    process.exit(2)
  }
  return known.filter((name) => wanted.includes(name))
}

const wanted = {
  steps: choose(
    'steps',
    values.steps,
    listMatrixSteps().map(({ step }) => step),
  ),
  targets: choose('targets', values.targets, targets),
  moments: choose('moments', values.moments, moments),
}
const wantedRepeated = choose('repeated', values.repeated, repeatedKills)
const hasChosenCells = Object.values(wanted).some((list) => list.length > 0)
// Without a choice everything is tested; a choice of cells or of repeated kills leaves out the other.
const cells = hasChosenCells || wantedRepeated.length === 0 ? listCells(wanted) : []
const kills = wantedRepeated.length > 0 || hasChosenCells ? wantedRepeated : repeatedKills
await buildWeb(path.resolve(import.meta.dirname, '..'))
const startedMs = performance.now()
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stop.abort(new Error(`Stopped by ${signal}`)))
}
const results = await runMatrix(cells, {
  repeated: kills.map((kill) => ({ kill, recording: kill === 'progress' ? 'long' : 'short' })),
  say: (line) => console.error(line),
  signal: stop.signal,
})
const tookSeconds = Math.round((performance.now() - startedMs) / 1000)
const ok = results.every((result) => result.ok)
console.log(
  values.json
    ? JSON.stringify({ ok, tookSeconds, cells: results }, null, 2)
    : `${printTable(results)}\nIt took ${tookSeconds} s.`,
)
process.exit(ok ? 0 : 1)
