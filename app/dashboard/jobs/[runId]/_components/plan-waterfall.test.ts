import { expect, test } from 'vitest'
import type { AttemptView, RunNode, StepView } from '#lib/runs/read-run.ts'
import { planWaterfall } from './plan-waterfall.ts'

const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 10, 0, second)).toISOString()
const run = (id: string, parentRunId: string | null, from: number | null, to: number | null): RunNode => ({
  id,
  taskId: id,
  status: to === null ? 'running' : 'completed',
  attempt: 1,
  parentRunId,
  createdAt: at(from ?? 0),
  startedAt: from === null ? null : at(from),
  finishedAt: to === null ? null : at(to),
})
const step = (name: string, runId: string, from: number, to: number): StepView => ({
  id: name,
  name,
  workKey: 'w',
  runId,
  status: 'completed',
  attempt: 1,
  result: null,
  error: null,
  startedAt: at(from),
  finishedAt: at(to),
})

test('children follow their parent, after its own steps, each at its place in time', () => {
  const { rows, wholeMs } = planWaterfall(
    {
      family: [run('root', null, 0, 10), run('media', 'root', 2, 7), run('text', 'root', 2, 4)],
      steps: [step('probe', 'media', 2, 3), step('settle', 'root', 9, 10)],
    },
    Date.parse(at(20)),
  )
  expect(wholeMs).toBe(10_000)
  expect(rows.map(({ label, depth, offset, width }) => [label, depth, offset, width])).toEqual([
    ['root', 0, 0, 100],
    ['settle', 1, 90, 10],
    ['media', 1, 20, 50],
    ['probe', 2, 20, 10],
    ['text', 1, 20, 20],
  ])
})

test('the bar of running work ends at the present, and work that has not started has no bar', () => {
  const { rows } = planWaterfall(
    { family: [run('root', null, 0, null), run('later', 'root', null, null)], steps: [] },
    Date.parse(at(10)),
  )
  expect(rows[0]).toMatchObject({ width: 100, durationMs: 10_000 })
  expect(rows[1]).toMatchObject({ width: 0, durationMs: null })
})

test('a run with an unknown parent is still shown', () => {
  const { rows } = planWaterfall({ family: [run('orphan', 'gone', 0, 1)], steps: [] }, 0)
  expect(rows.map(({ label }) => label)).toEqual(['orphan'])
})

test('several attempts of a run have their own rows, before its steps; a single attempt has none', () => {
  const tryOf = (runId: string, attempt: number, from: number, to: number | null): AttemptView => ({
    runId,
    attempt,
    status: to === null ? 'running' : 'failed',
    machine: null,
    error: null,
    startedAt: at(from),
    finishedAt: to === null ? null : at(to),
  })
  const { rows } = planWaterfall(
    {
      family: [run('root', null, 0, null), run('media', 'root', 0, 10)],
      steps: [step('probe', 'root', 5, 6)],
      attempts: [tryOf('root', 1, 0, 2), tryOf('root', 2, 4, null), tryOf('media', 1, 0, 10)],
    },
    Date.parse(at(10)),
  )
  expect(rows.map(({ label, kind, offset, width }) => [label, kind, offset, width])).toEqual([
    ['root', 'run', 0, 100],
    ['1', 'attempt', 0, 20],
    ['2', 'attempt', 40, 60],
    ['probe', 'step', 50, 10],
    ['media', 'run', 0, 100],
  ])
})
