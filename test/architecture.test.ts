import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import * as schema from '#lib/db/schema.ts'
import { envSchema } from '#lib/env.ts'
import { catalog, eventTasks, scheduledTasks } from '#lib/jobs/catalog.ts'

const root = path.resolve(import.meta.dirname, '..')
const taskIds = [...Object.keys(catalog), ...scheduledTasks]
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

/** Returns for each export of a route file the address that it passes to `routes`, or the other text. */
function exportsOf(text: string): (string | undefined)[] {
  const all =
    /^\s*export (?:const \{ GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS \} = routes\(\s*'([^']+)',\s*\{$|(.*))/gm
  return [...text.matchAll(all)]
    .map(([, address, other]) => address ?? other)
    .filter((found) => found !== "const dynamic = 'force-dynamic'")
}

function filesBelow(folder: string, suffix: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(suffix))
    .map((file) => path.join(folder, file))
}

test('every table has row level security, and no policy that lets anyone through', () => {
  const tables = Object.values(schema).filter((value) => value instanceof PgTable)
  expect(tables.length).toBeGreaterThan(15)
  for (const table of tables) expect(getTableConfig(table)).toMatchObject({ enableRLS: true, policies: [] })
})

test('.env.example explains every variable that the product reads', () => {
  const explained = read('.env.example')
  for (const name of Object.keys(envSchema.shape)) expect(explained).toMatch(new RegExp(`^${name}=`, 'm'))
})

test('every task of the catalogue has a file of its name in trigger/', () => {
  const files = readdirSync(path.join(root, 'trigger')).map((file) => file.replace(/\.ts$/, ''))
  expect(files.filter((file) => file !== 'init').sort()).toEqual([...taskIds].sort())
  for (const id of taskIds) expect(read(`trigger/${id}.ts`)).toContain(`id: '${id}'`)
})

test('every task has a maximum duration, concurrency limits and a larger machine for lack of memory', () => {
  for (const id of taskIds) {
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

const builtOnce = path.join('app', 'service-worker.js', 'route.ts')

test('every export of a route comes from `routes` with its own address, so that it answers every method', () => {
  const files = filesBelow('app', 'route.ts').filter(
    // The build runs the second one: at run time it is a file.
    (file) => ![path.join('app', '_server', 'route.ts'), builtOnce].includes(file),
  )
  expect(files.length).toBeGreaterThan(40)
  for (const file of files) {
    const address = path.dirname(file).replace(/^app/, '')
    expect(exportsOf(read(file)), file).toEqual([address])
    expect(read(file), file).toContain("import { routes } from '#app/_server/routes.ts'\n")
  }
  expect(read(builtOnce)).toContain("export const dynamic = 'force-static'\n")
})

test('only the session forms and the routes without a caller do not use `route`', () => {
  const without = filesBelow('app/api', 'route.ts').filter((file) => !/: route\(/.test(read(file)))
  expect(without.sort()).toEqual([
    'app/api/[[...path]]/route.ts',
    'app/api/health/route.ts',
    'app/api/metrics/route.ts',
    'app/api/session/delete-account/route.ts',
    'app/api/session/link/open/route.ts',
    'app/api/session/link/route.ts',
    'app/api/session/password-link/route.ts',
    'app/api/session/password/route.ts',
    'app/api/session/route.ts',
    'app/api/session/set-up/route.ts',
    'app/api/session/sign-out/route.ts',
    'app/api/v1/openapi.json/route.ts',
    'app/api/v1/sermons/[id]/quote-card.png/route.ts',
  ])
  const ofSession = without.filter((file) => file.startsWith('app/api/session/'))
  for (const file of ofSession) expect(read(file), file).toMatch(/: sessionRoute\(/)
})

test('pages parse received JSON and never cast it', () => {
  const files = ['app', 'components'].flatMap((folder) => [
    ...filesBelow(folder, '.ts'),
    ...filesBelow(folder, '.tsx'),
  ])
  expect(files.length).toBeGreaterThan(200)
  const casts = /(JSON\.parse\([^\n]*\)|\.json\(\)\)?|\bdetail\b|\bdata\b|\banswer\b|\bvalue\b)\s+as [A-Z{]/
  const sources = files.filter((file) => !/\.test\.tsx?$/.test(file))
  expect(sources.filter((file) => casts.test(read(file)))).toEqual([])
})
