import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { configure, runs, tasks } from '@trigger.dev/sdk'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { startTestEngine } from '#harness/start-test-engine.ts'

import { waitFor, waitForEnd } from '../../../test/contract/jobs/wait-for-end.ts'
import { buildProject } from './build-project.ts'

let project: string

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'selah-project-'))
  await symlink(resolve(import.meta.dirname, '../../../node_modules'), join(project, 'node_modules'), 'dir')
  await mkdir(join(project, 'trigger'))
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'project', type: 'module' }))
  await writeFile(join(project, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages: {} }))
  await writeFile(
    join(project, 'trigger.config.ts'),
    `import { defineConfig } from '@trigger.dev/sdk'
     export default defineConfig({ project: 'p', runtime: 'node-24', dirs: ['./trigger'], maxDuration: 60 })`,
  )
  await writeTask('one.ts', 'first')
})

afterAll(async () => {
  await rm(project, { recursive: true, force: true })
})

async function writeTask(file: string, answer: string) {
  await writeFile(
    join(project, 'trigger', file),
    `import { task } from '@trigger.dev/sdk'
     export const one = task({ id: '${file.replace('.ts', '')}', run: async () => '${answer}' })`,
  )
}

it('builds again only when a file was changed, added or removed', async () => {
  const outputDir = join(project, '.builds')
  const build = () => buildProject({ projectDir: project, outputDir })
  const first = await build()
  expect(first.reused).toBe(false)
  expect(await build()).toMatchObject({ version: first.version, reused: true })
  await writeTask('two.ts', 'second')
  const second = await build()
  expect(second.manifest.tasks.map((task) => task.id).toSorted()).toEqual(['one', 'two'])
  await rm(join(project, 'trigger/two.ts'))
  expect((await build()).manifest.tasks.map((task) => task.id)).toEqual(['one'])
})

it('executes a changed task without a restart, and keeps the last working build when a change does not compile', async () => {
  const engine = await startTestEngine({ projectDir: project, environment: { SELAH_TRIGGER_WATCH: '1' } })
  try {
    configure({ baseURL: engine.apiUrl, accessToken: engine.secretKey })
    const answer = async () => (await waitForEnd((await tasks.trigger('one', {})).id)).output
    expect(await answer()).toBe('first')
    await writeFile(join(project, 'trigger/one.ts'), 'this is not a task (')
    await waitFor(
      async () => engine.output(),
      (text) => text.includes('could not be built'),
    )
    expect(await answer()).toBe('first')
    await writeTask('one.ts', 'changed')
    await waitFor(answer, (text) => text === 'changed')
    const { data } = await runs.list({ taskIdentifier: 'one' })
    expect(data.every((run) => run.status === 'COMPLETED')).toBe(true)
  } finally {
    await engine.stop()
  }
})

it('a parent ends within five seconds when the task of its queued child is removed', async () => {
  await writeFile(
    join(project, 'trigger/narrow.ts'),
    `import { queue, task } from '@trigger.dev/sdk'
     export const narrow = queue({ name: 'narrow', concurrencyLimit: 1 })
     export const busy = task({ id: 'busy', queue: narrow, run: () => new Promise((end) => setTimeout(end, 600_000)) })`,
  )
  await writeFile(
    join(project, 'trigger/parent.ts'),
    `import { task, tasks } from '@trigger.dev/sdk'
     export const parent = task({ id: 'parent', run: async () => {
       const { ok } = await tasks.triggerAndWait('gone', {})
       return { ok }
     } })`,
  )
  await writeFile(
    join(project, 'trigger/gone.ts'),
    `import { task } from '@trigger.dev/sdk'
     import { narrow } from './narrow.ts'
     export const gone = task({ id: 'gone', queue: narrow, run: async () => 'never' })`,
  )
  const engine = await startTestEngine({ projectDir: project, environment: { SELAH_TRIGGER_WATCH: '1' } })
  try {
    configure({ baseURL: engine.apiUrl, accessToken: engine.secretKey })
    const busy = await tasks.trigger('busy', {})
    await waitFor(
      () => runs.retrieve(busy.id),
      (run) => run.isExecuting,
    )
    const parent = await tasks.trigger('parent', {})
    await waitFor(
      () => runs.retrieve(parent.id),
      (run) => run.status === 'WAITING',
    )
    await rm(join(project, 'trigger/gone.ts'))
    await waitFor(
      async () => engine.output(),
      (text) => text.includes('were built again'),
    )
    const ended = await waitForEnd(parent.id)
    expect(ended).toMatchObject({ status: 'COMPLETED', output: { ok: false } })
    const { data } = await runs.list({ taskIdentifier: 'gone' })
    expect(data).toMatchObject([{ status: 'SYSTEM_FAILURE' }])
    expect((await runs.retrieve(busy.id)).isExecuting).toBe(true)
  } finally {
    await engine.stop()
  }
})
