import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { createApiToken } from '#lib/auth/api-tokens.ts'
import { createServices, type Services } from '#lib/create-services.ts'
import { memberships, profiles, type Role } from '#lib/db/schema.ts'
import { envSchema } from '#lib/env.ts'
import { createRoute } from '#lib/http/create-route.ts'
import { createChurch } from '#test/job-fixtures.ts'

let database: TestDatabase
let services: Services

beforeAll(async () => {
  database = await startTestDatabase()
  services = createServices(
    envSchema.parse({
      DATABASE_URL: database.connectionString,
      SUPABASE_URL: 'http://127.0.0.1:1',
      SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_none',
      SUPABASE_SECRET_KEY: 'sb_secret_none',
      TRIGGER_SECRET_KEY: 'tr_dev_none',
    }),
  )
})

afterAll(async () => {
  await services?.close()
  await database?.stop()
})

/** A member of a church with a token for it. */
async function createMember(churchId: string, role: Role): Promise<string> {
  const userId = randomUUID()
  await services.db.insert(profiles).values({ id: userId, email: `${userId}@example.org` })
  await services.db.insert(memberships).values({ churchId, userId, role })
  return (await createApiToken(services, { churchId, userId, name: 'test' })).token
}

const context = { params: Promise.resolve({}) }
const asking = (token: string, query = '') =>
  new Request(`http://localhost/api/v1/here${query}`, { headers: { authorization: `Bearer ${token}` } })

test('a request that names a church acts on that church; a church without the caller as member is not found', async () => {
  const route = createRoute(() => services)
  const GET = route({ access: 'viewer' }, async ({ member }) => ({ churchId: member.churchId }))
  const churchId = await createChurch(services.db)
  const stranger = await createChurch(services.db)
  const token = await createMember(churchId, 'viewer')
  expect(await (await GET(asking(token), context)).json()).toEqual({ churchId })
  expect(await (await GET(asking(token, `?church=${churchId}`), context)).json()).toEqual({ churchId })
  for (const other of [stranger, randomUUID(), 'nonsense']) {
    expect((await GET(asking(token, `?church=${other}`), context)).status).toBe(404)
  }
})

test('a viewer cannot change anything, whichever church they name', async () => {
  const route = createRoute(() => services)
  const GET = route({ access: 'owner' }, async () => ({ changed: true }))
  const churchId = await createChurch(services.db)
  const viewer = await createMember(churchId, 'viewer')
  expect((await GET(asking(viewer), context)).status).toBe(403)
  expect((await GET(asking(viewer, `?church=${churchId}`), context)).status).toBe(403)
  const owner = await createMember(churchId, 'owner')
  expect((await GET(asking(owner, `?church=${churchId}`), context)).status).toBe(200)
})
