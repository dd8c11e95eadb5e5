import path from 'node:path'
import { expect, test } from 'vitest'
import { buildWeb } from '../scripts/build/build-web.ts'
import { type Cell, listCells, type Moment, type Target } from '../scripts/crash-matrix/list-cells.ts'
import { printTable } from '../scripts/crash-matrix/print-table.ts'
import { runMatrix } from '../scripts/crash-matrix/run-matrix.ts'

/** One kill of each process, in different parts of the pipeline. `npm run crash-matrix` tests all steps. */
const chosen: { step: string; target: Target; moment: Moment }[] = [
  { step: 'media/encode', target: 'worker', moment: 'begin' },
  { step: 'transcript/read', target: 'web', moment: 'begin' },
  { step: 'index/store', target: 'database', moment: 'end' },
  { step: 'media/make-playable', target: 'engine', moment: 'end' },
]

test('a sermon is completed exactly once when any process is killed at a step, or its request after five steps', async () => {
  await buildWeb(path.resolve(import.meta.dirname, '..'))
  const cells: Cell[] = chosen.flatMap(({ step, target, moment }) =>
    listCells({ steps: [step], targets: [target], moments: [moment] }),
  )
  const results = await runMatrix(cells, { repeated: [{ kill: 'progress', recording: 'short' }] })
  expect(results).toHaveLength(chosen.length + 1)
  expect(
    results.filter(({ ok }) => !ok),
    printTable(results),
  ).toEqual([])
}, 900_000)
