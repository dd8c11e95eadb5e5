import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { type RunningSelah, startSelah } from '#harness/start-selah.ts'
import { createServices, type Services } from '#lib/create-services.ts'
import { churches } from '#lib/db/schema.ts'
import { envSchema } from '#lib/env.ts'
import { observerSql } from './observe-steps.ts'

const runtimeSchema = z.object({
  siteUrl: z.string(),
  databaseUrl: z.string(),
  triggerUrl: z.string(),
  triggerSecretKey: z.string(),
  supabaseUrl: z.string(),
  publishableKey: z.string(),
  secretKey: z.string(),
})
const processesSchema = z.array(z.object({ name: z.string(), pid: z.number().int().positive() }))

/** The supervisor's names of the processes that can be killed by name. */
const serviceNames = { engine: 'trigger', database: 'database', web: 'web', gateway: 'gateway' } as const

export type ServiceTarget = keyof typeof serviceNames

export const installationOwner = { email: 'owner@example.org', password: 'Forty-two-crashes' }

const healthyWithinMs = 120_000
const pollMs = 50
const retryForMs = 60_000

export interface Installation {
  /** Where people reach it. */
  url: string
  supervisorPid: number
  services: Services
  churchId: string
  databaseUrl: string
  databaseDir: string
  dataDir: string
  /** The folder for temporary files of all its processes. */
  temporaryDir: string
  /** Returns the pid of a service; undefined while it is being restarted. */
  pidOf(target: ServiceTarget): number | undefined
  /** Waits until every service answers again. */
  waitUntilHealthy(): Promise<void>
  /** Repeats a query while the database is unavailable. */
  retry<Result>(query: () => Promise<Result>): Promise<Result>
  stop(): Promise<void>
}

/**
 * Starts Selah with its supervisor, on a data folder that an earlier start may have used, and connects
 * to it like an outside program on this machine. The database observes its steps.
 */
export async function startInstallation(options: {
  folder: string
  env: Record<string, string>
}): Promise<Installation> {
  const dataDir = path.join(options.folder, 'data')
  const temporaryDir = path.join(options.folder, 'tmp')
  await mkdir(temporaryDir, { recursive: true })
  const selah = await startSelah({
    dataDir,
    env: {
      SELAH_SAMPLES: '0',
      SELAH_OWNER_EMAIL: installationOwner.email,
      SELAH_OWNER_PASSWORD: installationOwner.password,
      TMPDIR: temporaryDir,
      ...options.env,
    },
  })
  try {
    return await connect(selah, { dataDir, temporaryDir })
  } catch (error) {
    await selah.stop()
    throw error
  }
}

async function connect(
  selah: RunningSelah,
  { dataDir, temporaryDir }: { dataDir: string; temporaryDir: string },
): Promise<Installation> {
  const readJson = (name: string): unknown => JSON.parse(readFileSync(path.join(dataDir, name), 'utf8'))
  const runtime = runtimeSchema.parse(readJson('runtime.json'))
  const services = createServices(
    envSchema.parse({
      NODE_ENV: 'production',
      SITE_URL: runtime.siteUrl,
      DATABASE_URL: runtime.databaseUrl,
      SUPABASE_URL: runtime.supabaseUrl,
      SUPABASE_PUBLIC_URL: '/',
      SUPABASE_PUBLISHABLE_KEY: runtime.publishableKey,
      SUPABASE_SECRET_KEY: runtime.secretKey,
      TRIGGER_API_URL: runtime.triggerUrl,
      TRIGGER_SECRET_KEY: runtime.triggerSecretKey,
    }),
  )
  const { db } = services
  const observed = await db.execute(`select 1 from pg_namespace where nspname = 'crash_matrix'`)
  if (observed.rows.length === 0) await db.execute(observerSql)
  const [church] = await db.select({ id: churches.id }).from(churches).limit(1)
  if (!church) throw new Error('The installation has no church')

  const isHealthy = () =>
    fetch(`${selah.url}/api/health`, { signal: AbortSignal.timeout(5_000) }).then(
      ({ status }) => status === 200,
      () => false,
    )
  return {
    url: selah.url,
    supervisorPid: selah.child.pid ?? 0,
    services,
    churchId: church.id,
    databaseUrl: runtime.databaseUrl,
    databaseDir: path.join(dataDir, 'database', 'pgdata'),
    dataDir,
    temporaryDir,
    pidOf(target) {
      const processes = processesSchema.parse(readJson('processes.json'))
      return processes.find(({ name }) => name === serviceNames[target])?.pid
    },
    async waitUntilHealthy() {
      const deadlineMs = performance.now() + healthyWithinMs
      while (!(await isHealthy())) {
        if (performance.now() > deadlineMs) {
          throw new Error(`Selah did not become healthy again:\n${selah.output()}`)
        }
        await delay(pollMs)
      }
    },
    async retry(query) {
      const deadlineMs = performance.now() + retryForMs
      for (;;) {
        try {
          return await query()
        } catch (error) {
          if (performance.now() > deadlineMs) throw error
          await delay(pollMs)
        }
      }
    },
    async stop() {
      await services.close()
      await selah.stop()
    },
  }
}
