import { expect, it } from 'vitest'

import { buildTestTasks } from '#harness/build-test-tasks.ts'

import { decideEnd, describeExit } from '../model/decide-end.ts'
import { readMachine } from '../model/machine-presets.ts'

it('the first kill -9 of a worker ends no run of any product task', async () => {
  const { tasks } = (await buildTestTasks()).build.manifest
  const ends = tasks.map(({ id, retry, machine }) => {
    const error = describeExit({ code: null, signal: 'SIGKILL', stderr: '' })
    const end = decideEnd({
      result: { ok: false, id: 'run_1', error },
      number: 1,
      maxAttempts: null,
      machine: readMachine(machine?.preset).name,
      retry,
    })
    return [id, end.kind]
  })
  expect(ends).not.toEqual([])
  expect(ends.filter(([, kind]) => kind !== 'retry')).toEqual([])
})
