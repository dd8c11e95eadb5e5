import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { checkDeploy } from './check-deploy.ts'

let project: string

beforeEach(async () => {
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
})

afterEach(async () => {
  await rm(project, { recursive: true, force: true })
})

async function writeTask(name: string, body: string) {
  await writeFile(join(project, 'trigger', name), `import { task } from '@trigger.dev/sdk'\n${body}`)
}

it('returns the tasks of a project that would deploy', async () => {
  await writeTask('one.ts', `export const one = task({ id: 'one', run: async () => 1 })`)
  expect(await checkDeploy(project)).toEqual({ taskIds: ['one'] })
})

it('refuses a duplicate task id', async () => {
  await writeTask('one.ts', `export const one = task({ id: 'same', run: async () => 1 })`)
  await writeTask('two.ts', `export const two = task({ id: 'same', run: async () => 2 })`)
  await expect(checkDeploy(project)).rejects.toThrow(/same/)
})

it('refuses a missing import', async () => {
  await writeTask(
    'one.ts',
    `import { gone } from './gone.ts'\nexport const one = task({ id: 'one', run: async () => gone })`,
  )
  await expect(checkDeploy(project)).rejects.toThrow(/gone/)
})

it('refuses a module that throws while it is loaded', async () => {
  await writeTask(
    'one.ts',
    `throw new Error('broken module')\nexport const one = task({ id: 'one', run: async () => 1 })`,
  )
  await expect(checkDeploy(project)).rejects.toThrow(/broken module/)
})
