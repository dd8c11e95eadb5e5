import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import * as schema from '#lib/db/schema.ts'
import { envSchema } from '#lib/env.ts'
import { catalog, eventTasks } from '#lib/jobs/catalog.ts'

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

/** The route of all addresses that have none. */
const everythingElse = 'app/api/[[...path]]/route.ts'

function filesBelow(folder: string, suffix: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(suffix))
    .map((file) => path.join(folder, file))
}

test('every table has row level security', () => {
  const tables = Object.values(schema).filter((value) => value instanceof PgTable)
  expect(tables.length).toBeGreaterThan(15)
  for (const table of tables) expect(getTableConfig(table)).toMatchObject({ enableRLS: true })
})

test('every variable the product reads is explained in .env.example', () => {
  const explained = read('.env.example')
  for (const name of Object.keys(envSchema.shape)) expect(explained).toMatch(new RegExp(`^${name}=`, 'm'))
})

test('every task of the catalogue has one file in trigger/, named after it', () => {
  const files = readdirSync(path.join(root, 'trigger')).map((file) => file.replace(/\.ts$/, ''))
  expect(files.filter((file) => file !== 'init').sort()).toEqual(Object.keys(catalog).sort())
  for (const id of Object.keys(catalog)) expect(read(`trigger/${id}.ts`)).toContain(`id: '${id}'`)
})

test('every task has a longest duration, limits of its own and a larger machine for want of memory', () => {
  for (const id of Object.keys(catalog)) {
    const source = read(`trigger/${id}.ts`)
    expect(source, id).toMatch(/^ {2}maxDuration: [0-9* ]+,$/m)
    expect(source, id).toMatch(/^ {2}concurrency: \{ (perKey: \d+, )?total: \d+ \},$/m)
    expect(source, id).toMatch(
      /^ {2}retry: \{[^}]*maxAttempts: \d+[^}]*outOfMemory: \{ machine: '[a-z0-9-]+' \}/m,
    )
  }
})

test('every event starts a task of the catalogue', () => {
  for (const task of Object.values(eventTasks)) expect(Object.keys(catalog)).toContain(task)
})

test('every API route answers every method, those it does not have with the one shape of an error', () => {
  const silent = filesBelow('app/api', 'route.ts').filter((file) => {
    const text = read(file)
    const own = [...text.matchAll(/^export (?:const|async function) (GET|POST|PUT|PATCH|DELETE)\b/gm)]
    const refused = /^export const \{([^}]*)\} = refuseOthers\(/m.exec(text)?.[1]?.split(',') ?? []
    const answered = new Set([...own.map(([, method]) => method), ...refused.map((name) => name.trim())])
    return file !== everythingElse && answered.size < 6
  })
  expect(silent).toEqual([])
})

test('every API route goes through the one wrapper', () => {
  const open = ['app/api/health/route.ts', 'app/api/metrics/route.ts', everythingElse]
  const bare = filesBelow('app/api', 'route.ts').filter(
    (file) =>
      !open.includes(file) &&
      !file.startsWith('app/api/session/') &&
      !read(file).includes("from '#app/_server/route.ts'"),
  )
  expect(bare).toEqual([])
})

test('every form that changes a session checks where it comes from', () => {
  const unchecked = filesBelow('app/api/session', 'route.ts').filter(
    (file) => !read(file).includes('requireSameOrigin('),
  )
  expect(unchecked).toEqual([])
})

test('nothing outside local/ imports it, except what starts it as a process', () => {
  const importers = ['app', 'components', 'lib', 'trigger']
    .flatMap((folder) => [...filesBelow(folder, '.ts'), ...filesBelow(folder, '.tsx')])
    .filter((file) => /from '(#local|(\.\.\/)+local)\//.test(read(file)))
  expect(importers).toEqual([])
})
