import type { TaskRunError, TaskRunExecutionResult } from '@trigger.dev/core/v3'
import { describe, expect, it } from 'vitest'

import { decideEnd, describeExit } from './decide-end.ts'

const retry = { maxAttempts: 3, factor: 2, minTimeoutInMs: 1_000, maxTimeoutInMs: 60_000, randomize: false }

function failed(error: TaskRunError, extra: { retry?: { timestamp: number; delay: number } } = {}) {
  const result: TaskRunExecutionResult = { ok: false, id: 'run_1', error, ...extra }
  return result
}

function end(result: TaskRunExecutionResult, changes: Partial<Parameters<typeof decideEnd>[0]> = {}) {
  return decideEnd({ result, number: 1, maxAttempts: null, machine: 'small-1x', retry, ...changes })
}

const thrown: TaskRunError = { type: 'BUILT_IN_ERROR', name: 'Error', message: 'no', stackTrace: '' }
const exit = (code: number | null, signal: NodeJS.Signals | null) =>
  describeExit({ code, signal, stderr: '' })

describe('an attempt that failed', () => {
  it('is retried after the delay that its task requested', () => {
    const result = failed(thrown, { retry: { timestamp: 0, delay: 1_234 } })
    expect(end(result)).toMatchObject({ kind: 'retry', delayMs: 1_234 })
  })

  it('is not retried without such a delay', () => {
    expect(end(failed(thrown))).toMatchObject({ kind: 'failed', transition: 'fail' })
  })

  it('is not retried when it was the last attempt', () => {
    const result = failed(thrown, { retry: { timestamp: 0, delay: 1 } })
    expect(end(result, { number: 3 })).toMatchObject({ kind: 'failed' })
    expect(end(result, { number: 3, maxAttempts: 5 })).toMatchObject({ kind: 'retry' })
    expect(end(result, { number: 1, maxAttempts: 1 })).toMatchObject({ kind: 'failed' })
  })

  it('because its process exited is retried by the settings of its task, and the run crashes in the end', () => {
    expect(end(failed(exit(3, null)))).toMatchObject({ kind: 'retry', delayMs: 1_000 })
    expect(end(failed(exit(3, null)), { number: 2 })).toMatchObject({ kind: 'retry', delayMs: 2_000 })
    expect(end(failed(exit(3, null)), { number: 3 })).toMatchObject({ kind: 'failed', transition: 'crash' })
    expect(end(failed(exit(null, 'SIGTERM')), { number: 3 })).toMatchObject({ transition: 'failInEngine' })
  })

  it('for lack of memory is retried once, on the larger machine only', () => {
    const killed = failed(exit(null, 'SIGKILL'))
    const larger = { ...retry, outOfMemory: { machine: 'medium-1x' as const } }
    expect(end(killed)).toMatchObject({ kind: 'failed', transition: 'crash' })
    expect(end(killed, { retry: larger })).toMatchObject({ kind: 'retry', machine: 'medium-1x' })
    expect(end(killed, { retry: larger, machine: 'medium-1x' })).toMatchObject({ kind: 'failed' })
    expect(end(failed(exit(137, null)), { retry: larger })).toMatchObject({ kind: 'retry' })
  })

  it('because it took too long times out, whatever its settings', () => {
    const result = failed({ type: 'INTERNAL_ERROR', code: 'MAX_DURATION_EXCEEDED' })
    expect(end(result)).toMatchObject({ kind: 'failed', transition: 'timeOut' })
  })
})

describe('a worker that was killed', () => {
  const larger = { ...retry, outOfMemory: { machine: 'medium-1x' as const } }
  const killed = failed(exit(null, 'SIGKILL'))
  const crash = (stalled: number, attempts = stalled) => ({ killed: true, stalled, attempts })

  it('after a newly finished step is followed by an attempt that has the same number', () => {
    const next = end(killed, { retry: larger, machine: 'medium-1x', crash: crash(0, 40), number: 3 })
    expect(next).toMatchObject({ kind: 'retry', counts: false })
    expect(end(killed, { crash: crash(0, 1) })).toMatchObject({ kind: 'retry', counts: false })
  })

  it('without one ends the run the third time in a row', () => {
    const again = { retry: larger, machine: 'medium-1x' }
    expect(end(killed, { retry: larger, crash: crash(1) })).toMatchObject({ machine: 'medium-1x' })
    expect(end(killed, { ...again, crash: crash(2) })).toMatchObject({ kind: 'retry', counts: true })
    expect(end(killed, { ...again, crash: crash(3) })).toMatchObject({ kind: 'failed', transition: 'crash' })
  })

  it('ends the run after 250 crashes, even with progress', () => {
    expect(end(killed, { crash: crash(0, 250) })).toMatchObject({ kind: 'failed', transition: 'crash' })
  })

  it('of a task that names no larger machine ends the run, as on the hosted service', () => {
    expect(end(killed, { crash: crash(1) })).toMatchObject({ kind: 'failed', transition: 'crash' })
  })
})

it('a worker that also runs out of memory on the larger machine ends the run', () => {
  const result = failed(
    describeExit({ code: null, signal: 'SIGABRT', stderr: 'JavaScript heap out of memory' }),
  )
  const larger = { ...retry, outOfMemory: { machine: 'medium-1x' as const } }
  const crash = { killed: false, stalled: 2, attempts: 2 }
  expect(end(result, { retry: larger, machine: 'medium-1x', crash })).toMatchObject({ kind: 'failed' })
})

it('an attempt that was cancelled ends as cancelled', () => {
  expect(end(failed({ type: 'INTERNAL_ERROR', code: 'TASK_RUN_CANCELLED' }))).toMatchObject({
    kind: 'cancelled',
  })
})

it('an attempt that succeeded keeps its output', () => {
  expect(end({ ok: true, id: 'run_1', output: '{}', outputType: 'application/json' })).toEqual({
    kind: 'succeeded',
    output: '{}',
    outputType: 'application/json',
  })
})
