import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { expect, it } from 'vitest'

import { buildProject } from '../build/build-project.ts'
import { decideEnd, describeExit } from '../model/decide-end.ts'
import { readMachine } from '../model/machine-presets.ts'

it('the first kill -9 of a worker ends no run of any product task', async () => {
  const outputDir = await mkdtemp(join(tmpdir(), 'selah-builds-'))
  try {
    const projectDir = resolve(import.meta.dirname, '../../..')
    const { tasks } = (await buildProject({ projectDir, outputDir })).manifest
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
  } finally {
    await rm(outputDir, { recursive: true, force: true })
  }
})
