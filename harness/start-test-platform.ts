import path from 'node:path'
import { startTestDatabase } from '#harness/start-test-database.ts'
import { startTestEngine, type TestEngine } from '#harness/start-test-engine.ts'
import { startTestGateway, type TestGateway } from '#harness/start-test-gateway.ts'
import { createServices, type Services } from '#lib/create-services.ts'
import { churches } from '#lib/db/schema.ts'
import { recordExhaustedEvent } from '#lib/dead-letters/record-exhausted-event.ts'
import { envSchema } from '#lib/env.ts'
import { type Forwarder, startForwarder } from '#lib/events/start-forwarder.ts'
import { connectJobEngine, type JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { ensureBuckets } from '#lib/storage/ensure-buckets.ts'

const root = path.resolve(import.meta.dirname, '..')

export interface TestPlatform {
  services: Services
  jobs: JobEngine
  engine: TestEngine
  gateway: TestGateway
  churchId: string
  stop(): Promise<void>
}

/**
 * Starts everything that the product's tasks need as real processes on this machine: database, storage and the
 * job engine, with events forwarded from this process. Starts no web server.
 */
export async function startTestPlatform(
  options: { environment?: Record<string, string> } = {},
): Promise<TestPlatform> {
  const database = await startTestDatabase()
  const gateway = await startTestGateway({ connectionString: database.connectionString })
  const environment = {
    NODE_ENV: 'test',
    DATABASE_URL: database.connectionString,
    SUPABASE_URL: gateway.url,
    SUPABASE_PUBLIC_URL: '/',
    SUPABASE_PUBLISHABLE_KEY: gateway.publishableKey,
    SUPABASE_SECRET_KEY: gateway.secretKey,
    SITE_URL: gateway.url,
    ...options.environment,
  }
  const engine = await startTestEngine({
    connectionString: database.connectionString,
    projectDir: root,
    environment,
  })
  const env = envSchema.parse({
    ...environment,
    TRIGGER_API_URL: engine.apiUrl,
    TRIGGER_SECRET_KEY: engine.secretKey,
  })
  const services = createServices(env)
  await ensureBuckets(services)
  const [church] = await services.db.insert(churches).values({ name: 'Test', slug: 'test' }).returning()
  if (!church) throw new Error('The church was not stored')
  const jobs = connectJobEngine(env)
  const forwarder: Forwarder = startForwarder({
    recordExhausted: recordExhaustedEvent,
    db: services.db,
    jobs,
    connectionString: database.connectionString,
  })
  return {
    services,
    jobs,
    engine,
    gateway,
    churchId: church.id,
    async stop() {
      await forwarder.stop()
      await engine.stop()
      await services.close()
      await gateway.stop()
      await database.stop()
    },
  }
}
