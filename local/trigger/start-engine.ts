import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { applyMigrations } from '#lib/db/apply-migrations.ts'

import { serveApi } from './api/serve-api.ts'
import { buildProject, type ProjectBuild, pruneBuilds } from './build-project.ts'
import type { Engine } from './engine.ts'
import { Slots } from './execution/count-slots.ts'
import { startDelivery } from './execution/deliver-runs.ts'
import { createPump } from './execution/pump-runs.ts'
import { sweep } from './execution/sweep.ts'
import { createWaker } from './execution/wake.ts'
import { openDatabase } from './open-database.ts'
import { startPruning } from './prune-history.ts'
import { syncQueues } from './queues/load-queues.ts'
import type { Settings } from './read-settings.ts'
import { takeOver } from './recover-host.ts'
import { syncDeclaredSchedules } from './schedules/keep-schedules.ts'
import { watchProject } from './watch-project.ts'
import { defaultMachine, readMachine } from './workers/machine-presets.ts'
import { createWorkerPool } from './workers/worker-pool.ts'

const poolConnections = 4

/**
 * Starts the job engine: builds the tasks, takes its place in the database, serves the API and runs
 * what is in the line. Rejects with a readable reason when it cannot.
 */
export async function startEngine(
  settings: Settings,
  log: (line: string) => void,
): Promise<{ apiUrl: string; stop: () => Promise<void> }> {
  const outputDir = join(settings.directory, 'builds')
  const building = buildProject({ projectDir: settings.projectDir, outputDir })
  // Handled below; until then a failure must not end the process unread.
  building.catch(() => {})
  await applyMigrations({
    connectionString: settings.databaseUrl,
    directory: fileURLToPath(new URL('migrations', import.meta.url)),
    table: 'selah.engine_migrations',
  })
  const db = openDatabase({
    connectionString: settings.databaseUrl,
    maxConnections: poolConnections,
    log,
  })
  const now = () => new Date()
  const hostId = `host_${randomBytes(8).toString('hex')}`
  const host = await takeOver(db, { id: hostId, now, log })
  if (host.returned > 0) log(`${host.returned} runs of an engine that stopped were put back into the line.`)
  // What an engine that was killed left behind.
  const temporaryDir = join(settings.directory, 'temporary')
  await rm(temporaryDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  await mkdir(temporaryDir, { recursive: true, mode: 0o700 })
  const delivery = await startDelivery(db, log)
  await delivery.clear()
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
  const waker = createWaker(() => sweep(engine), log)
  const engine: Engine = {
    hostId,
    secretKey: settings.secretKey,
    apiUrl: settings.apiUrl ?? `http://127.0.0.1:${settings.port}`,
    directory: settings.directory,
    projectDir: settings.projectDir,
    workerEnvironment: environment,
    db,
    delivery,
    pool,
    slots: new Slots(),
    mostRoots: settings.mostRoots,
    build,
    queues: new Map(),
    active: new Map(),
    admitted: new Map(),
    served: new Map(),
    cancelling: new Set(),
    waiters: new Map(),
    resumable: [],
    stopping: false,
    now,
    log,
    pump: () => pump(),
    wakeAt: waker.wakeAt,
  }
  const pump = createPump(engine, settings.concurrency)

  const server = serveApi(engine)
  server.listen(settings.port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (settings.port === 0 && !settings.apiUrl && typeof address === 'object' && address) {
    engine.apiUrl = `http://127.0.0.1:${address.port}`
  }
  Object.assign(environment, settings.workerEnvironment, {
    TRIGGER_API_URL: engine.apiUrl,
    TRIGGER_SECRET_KEY: settings.secretKey,
    TRIGGER_OTEL_EXPORTER_OTLP_ENDPOINT: `${engine.apiUrl}/otel`,
    TRIGGER_OTEL_BATCH_PROCESSING_ENABLED: '1',
    OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
  })

  async function use(next: ProjectBuild): Promise<void> {
    await syncQueues(engine, next.manifest)
    engine.build = next
    await syncDeclaredSchedules(engine, next.manifest)
    pool.warm(next)
    const inUse = [...engine.active.values()].map((active) => active.build.version)
    await pruneBuilds(outputDir, [next.version, ...inUse])
  }
  await use(build)
  waker.start()
  const stopPruning = startPruning(engine)
  const stopWatching = settings.watch
    ? watchProject({ projectDir: settings.projectDir, outputDir, current: build, use, log })
    : undefined

  async function stop(): Promise<void> {
    if (engine.stopping) return
    engine.stopping = true
    stopWatching?.()
    stopPruning()
    waker.stop()
    server.close()
    const running = [...engine.active.values()]
    for (const active of running) active.shutDown()
    const deadline = Date.now() + 3_000
    while (engine.active.size > 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    server.closeAllConnections()
    await pool.stop()
    await delivery.stop()
    await host.stop()
    await db.close()
  }
  return { apiUrl: engine.apiUrl, stop }
}
