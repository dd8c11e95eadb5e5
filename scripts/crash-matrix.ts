/**
 * `npm run crash-matrix [-- --steps=media/encode,… --targets=worker,… --moments=begin,… --repeated=progress,…
 * --json]`: for every step of the pipeline kills the run worker, the job engine, the database and the web server
 * in turn at that step, and checks whether the sermon was completed exactly once. Then kills one run repeatedly.
 * See docs/operations/crash-matrix.md.
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

/** Reads a list of words; ends the command when one of them is unknown. */
function choose<Word extends string>(option: string, list: string, known: readonly Word[]): Word[] {
  const chosen = list.split(',').filter((word) => word !== '')
  const unknown = chosen.find((word) => !known.some((name) => name === word))
  if (unknown !== undefined) {
    console.error(`--${option}: there is no "${unknown}". Choose from ${known.join(', ')}.`)
    process.exit(2)
  }
  return known.filter((name) => chosen.includes(name))
}

const chosenCells = {
  steps: choose(
    'steps',
    values.steps,
    listMatrixSteps().map(({ step }) => step),
  ),
  targets: choose('targets', values.targets, targets),
  moments: choose('moments', values.moments, moments),
}
const chosenKills = choose('repeated', values.repeated, repeatedKills)
const hasChosenCells = Object.values(chosenCells).some((list) => list.length > 0)
// Without a choice everything is tested. A choice of cells or of repeated kills leaves out the other.
const cells = hasChosenCells || chosenKills.length === 0 ? listCells(chosenCells) : []
const kills = chosenKills.length > 0 || hasChosenCells ? chosenKills : repeatedKills
await buildWeb(path.resolve(import.meta.dirname, '..'))
const startedMs = performance.now()
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stop.abort(new Error(`Stopped by ${signal}`)))
}
const results = await runMatrix(cells, {
  repeated: kills.map((kill) => ({ kill, recording: kill === 'progress' ? 'long' : 'short' })),
  print: (line) => console.error(line),
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
