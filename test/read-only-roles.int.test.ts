import { randomUUID } from 'node:crypto'
import { globSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Operation, readOperations } from '#app/_server/routes.ts'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { createApiToken } from '#lib/auth/api-tokens.ts'
import type { Services } from '#lib/create-services.ts'
import { memberships, profiles } from '#lib/db/schema.ts'
import type { RouteContext } from '#lib/http/route-handler.ts'
import { createChurch } from '#test/job-fixtures.ts'

/** These change nothing of the church. Everyone may use them, and keep their own library and places in sermons. */
const forEveryone = [
  'POST /api/mcp',
  'POST /api/v1/ask',
  'POST /api/v1/login',
  'POST /api/v1/playback-reports',
  'POST /api/v1/sermons/[id]/suggestions',
  'PUT /api/v1/me/library',
  'PUT /api/v1/me/positions/[sermonId]',
]
const methods = ['POST', 'PUT', 'PATCH', 'DELETE'] as const
const handlerSchema = z.custom<(request: Request, context: unknown) => Promise<Response>>(
  (value) => typeof value === 'function',
)

let database: TestDatabase
let services: Services

beforeAll(async () => {
  database = await startTestDatabase()
  Object.assign(process.env, {
    DATABASE_URL: database.connectionString,
    SUPABASE_URL: 'http://127.0.0.1:1',
    SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_none',
    SUPABASE_SECRET_KEY: 'sb_secret_none',
    TRIGGER_SECRET_KEY: 'tr_dev_none',
  })
  const { services: open } = await import('#app/_server/services.ts')
  services = open()
})

afterAll(async () => {
  await services?.close()
  await database?.stop()
})

test.each([
  ['a viewer', 'viewer', 'operate'],
  ['a token of an owner that can only read', 'owner', 'read'],
] as const)('%s is refused at every route that changes something', async (_who, role, scope) => {
  const churchId = await createChurch(services.db)
  const userId = randomUUID()
  await services.db.insert(profiles).values({ id: userId, email: `${userId}@example.org` })
  await services.db.insert(memberships).values({ churchId, userId, role })
  const { token } = await createApiToken(services, { churchId, userId, name: 'test', scope })
  const statuses = await callEveryRoute(token)
  expect(statuses.size).toBeGreaterThan(30)
  const accepted = [...statuses].filter(([, status]) => status !== 403).map(([name]) => name)
  expect(accepted.sort()).toEqual(forEveryone)
})

test('a listener without a church is refused at every route that needs one, and changes only what is theirs', async () => {
  const userId = randomUUID()
  await services.db.insert(profiles).values({ id: userId, email: `${userId}@example.org` })
  const churchId = await createChurch(services.db)
  const { token } = await createApiToken(services, { churchId, userId, name: 'test', scope: 'operate' })
  const statuses = await callEveryRoute(token)
  expect([...statuses].flatMap(([name, status]) => (status === 403 ? [] : name)).sort()).toEqual(forEveryone)
  const reading = await callEveryRoute(token, ['GET'], ({ access }) =>
    ['viewer', 'editor', 'owner'].includes(access),
  )
  expect(reading.size).toBeGreaterThan(15)
  expect([...reading].filter(([, status]) => status !== 403)).toEqual([])
})

/** Calls every state-changing method of every route, and returns the statuses by method and address. */
async function callEveryRoute(
  token: string,
  called: readonly string[] = methods,
  isWanted: (operation: Operation) => boolean = () => true,
): Promise<Map<string, number>> {
  const statuses = new Map<string, number>()
  const root = path.resolve(import.meta.dirname, '..')
  const files = globSync(['app/api/v1/**/route.ts', 'app/api/mcp/route.ts'], { cwd: root })
  for (const file of files) {
    const exported: Record<string, unknown> = await import(path.join(root, file))
    const address = path.dirname(file).replace(/^app/, '')
    const wanted = readOperations(
      exported as Record<string, (request: Request, context: RouteContext) => Promise<Response>>,
    ).filter(isWanted)
    for (const method of called) {
      if (!wanted.some((operation) => operation.method === method)) continue
      const handle = handlerSchema.parse(exported[method])
      const request = new Request(`http://localhost${address.replace(/\[\w+\]/g, randomUUID())}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(method === 'GET' ? {} : { body: '{}' }),
      })
      const { status } = await handle(request, { params: Promise.resolve({ id: randomUUID() }) })
      if (status !== 405) statuses.set(`${method} ${address}`, status)
    }
  }
  return statuses
}
