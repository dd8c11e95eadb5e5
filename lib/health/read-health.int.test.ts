import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startTestDatabase } from '#harness/start-test-database.ts'
import { createServices } from '#lib/create-services.ts'
import { envSchema } from '#lib/env.ts'
import { readHealth } from '#lib/health/read-health.ts'

test('a machine that runs the web alone sees in the database whether the engine of another works', async () => {
  await using stack = new AsyncDisposableStack()
  const database = await startTestDatabase()
  stack.defer(() => database.stop())
  const services = createServices(
    envSchema.parse({
      DATABASE_URL: database.connectionString,
      SUPABASE_URL: 'http://127.0.0.1:1',
      SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_none',
      SUPABASE_SECRET_KEY: 'sb_secret_none',
      TRIGGER_SECRET_KEY: 'tr_dev_none',
      SELAH_EMBEDDED: 'jobs',
      SELAH_RUN: 'web',
    }),
  )
  stack.defer(() => services.close())
  expect((await readHealth(services)).services.jobs.state).toBe('down')
  await services.db.execute(sql`insert into engine.hosts (id, pid, machine_name, started_at, heartbeat_at)
    values ('host_1', 1, 'elsewhere', now(), now())`)
  expect((await readHealth(services)).services.jobs.state).toBe('ok')
  await services.db.execute(sql`update engine.hosts set heartbeat_at = now() - interval '1 minute'`)
  expect((await readHealth(services)).services.jobs.state).toBe('down')
})
