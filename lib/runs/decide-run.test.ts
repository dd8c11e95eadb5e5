import { describe, expect, test } from 'vitest'
import { readEngineRun } from '#lib/jobs/read-engine-run.ts'
import { decideRun } from './decide-run.ts'

const now = new Date('2027-01-01T12:00:00Z')
const running = { status: 'running' as const, createdAt: new Date('2027-01-01T11:00:00Z') }
const decisionFor = (status: string) => readEngineRun({ status })

describe('a run that has not ended in our records', () => {
  test.each([
    ['TIMED_OUT', 'timed_out'],
    ['CRASHED', 'crashed'],
    ['SYSTEM_FAILURE', 'crashed'],
    ['EXPIRED', 'expired'],
    ['CANCELED', 'cancelled'],
    ['FAILED', 'failed'],
    ['COMPLETED', 'completed'],
  ])('ends when the engine reports %s', (word, status) => {
    expect(decideRun(running, decisionFor(word), now)).toMatchObject({ kind: 'finish', found: { status } })
  })

  test('continues while the engine reports it as running, and when the engine reports an unknown status', () => {
    expect(decideRun(running, decisionFor('EXECUTING'), now)).toEqual({ kind: 'keep' })
    expect(decideRun(running, decisionFor('WAITING'), now)).toEqual({ kind: 'progress', status: 'waiting' })
    expect(decideRun(running, decisionFor('HIBERNATING'), now)).toEqual({ kind: 'keep' })
  })

  test('is lost when the engine has no record of it, but not in its first minute', () => {
    expect(decideRun(running, null, now)).toEqual({ kind: 'lost' })
    expect(decideRun({ ...running, createdAt: new Date(now.getTime() - 5000) }, null, now)).toEqual({
      kind: 'keep',
    })
  })
})
