import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { applyMigrations } from '#lib/db/apply-migrations.ts'

import { serveApi } from './api/serve-api.ts'
import type { Serving } from './api/serving.ts'
import { buildProject, type ProjectBuild, pruneBuilds } from './build/build-project.ts'
import { watchProject } from './build/watch-project.ts'
import { composeEngine, type Engine } from './compose-engine.ts'
import { startDatabaseClock } from './database/database-clock.ts'
import { type Database, openDatabase } from './database/open-database.ts'
import { createPump } from './execution/create-pump.ts'
import { endRunsOfRemovedTasks } from './execution/end-runs-of-removed-tasks.ts'
import { becomeHost } from './hosts/become-host.ts'
import { createWaker } from './maintenance/create-waker.ts'
import { startPruning } from './maintenance/prune-history.ts'
import { replan } from './maintenance/replan.ts'
import { sweep } from './maintenance/sweep.ts'
import { defaultMachine, readMachine } from './model/machine-presets.ts'
import { syncQueues } from './queues/load-queues.ts'
import type { Settings } from './read-engine-settings.ts'
import { syncDeclaredSchedules } from './schedules/keep-schedules.ts'
import { createWorkerPool } from './workers/worker-pool.ts'

const poolConnections = 4
const drainMs = 3_000
const drainPollMs = 20

type Log = (line: string) => void

/**
 * Starts the job engine: builds the tasks, registers as the database's host, serves the API and executes
 * queued runs. Rejects with a readable reason when it cannot.
 */
export async function startEngine(
  settings: Settings,
  log: Log,
): Promise<{ apiUrl: string; stop: () => Promise<void> }> {
  const outputDir = join(settings.directory, 'builds')
  const { projectDir, builtDir } = settings
  const building = buildProject({ projectDir, outputDir, builtDir })
  // Awaited below; until then a failure must not end the process as an unhandled rejection.
  building.catch(() => {})
  const db = await prepareDatabase(settings, log)
  const clock = await startDatabaseClock(db.query)
  const hostId = `host_${randomBytes(8).toString('hex')}`
  const host = await becomeHost(db, { id: hostId, pid: process.pid, now: clock.now, log })
  if (host.requeued > 0) log(`${host.requeued} runs of an engine that stopped were queued again.`)
  const temporaryDir = await clearTemporaryFolder(settings.directory)
  const build = await building

  const environment: Record<string, string> = {}
  const pool = createWorkerPool({
    spares: settings.warmWorkers,
    idleMs: settings.idleMs,
    defaultMachine: readMachine(defaultMachine),
    environment: () => environment,
    temporaryDir,
    onOutput: (text) => process.stdout.write(text),
  })
  const engine = composeEngine({
    hostId,
    secretKey: settings.secretKey,
    apiUrl: settings.apiUrl ?? `http://127.0.0.1:${settings.port}`,
    directory: settings.directory,
    db,
    clock,
    log,
    pool,
    concurrency: settings.concurrency,
    mostRoots: settings.mostRoots,
    build,
    pump: () => pump(),
    wakeAt: (date) => waker.wakeAt(date),
  })
  const pump = createPump(engine)
  const waker = createWaker(() => sweep(engine), log)

  const server = await listen(engine, settings)
  Object.assign(environment, settings.workerEnvironment, {
    TRIGGER_API_URL: engine.apiUrl,
    TRIGGER_SECRET_KEY: settings.secretKey,
    TRIGGER_OTEL_EXPORTER_OTLP_ENDPOINT: `${engine.apiUrl}/otel`,
    TRIGGER_OTEL_BATCH_PROCESSING_ENABLED: '1',
    OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
  })

  async function use(next: ProjectBuild): Promise<void> {
    await syncQueues(engine, next.manifest)
    engine.use(next)
    await endRunsOfRemovedTasks(engine)
    await syncDeclaredSchedules(engine, next.manifest)
    pool.warm(next)
    const inUse = [...engine.active.values()].map((active) => active.build.version)
    await pruneBuilds(outputDir, [next.version, ...inUse])
  }
  await use(build)
  await replan(engine)
  waker.start()
  const stopPruning = startPruning(engine)
  const stopWatching = settings.watch
    ? watchProject({ projectDir, outputDir, current: build, use, log })
    : undefined

  async function stop(): Promise<void> {
    if (engine.isStopping()) return
    engine.beginStop()
    stopWatching?.()
    stopPruning()
    waker.stop()
    server.close()
    await drain(engine)
    server.closeAllConnections()
    await pool.stop()
    await host.stop()
    await db.close()
  }
  return { apiUrl: engine.apiUrl, stop }
}

async function prepareDatabase(settings: Settings, log: Log): Promise<Database> {
  await applyMigrations({
    connectionString: settings.databaseUrl,
    directory: fileURLToPath(new URL('migrations', import.meta.url)),
    table: 'selah.engine_migrations',
  })
  return openDatabase({ connectionString: settings.databaseUrl, maxConnections: poolConnections, log })
}

/** Removes the temporary files of a killed engine's workers. */
async function clearTemporaryFolder(directory: string): Promise<string> {
  const folder = join(directory, 'temporary')
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return folder
}

async function listen(engine: Serving & Pick<Engine, 'serveAt'>, settings: Settings): Promise<Server> {
  const server = serveApi(engine)
  server.listen(settings.port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (settings.port === 0 && !settings.apiUrl && typeof address === 'object' && address) {
    engine.serveAt(`http://127.0.0.1:${address.port}`)
  }
  return server
}

/** Ends every attempt. Those that do not end in time are queued again by the next start. */
async function drain(engine: Pick<Engine, 'active'>): Promise<void> {
  for (const active of engine.active.values()) active.shutDown()
  const deadlineMs = performance.now() + drainMs
  while (engine.active.size > 0 && performance.now() < deadlineMs) await delay(drainPollMs)
}
