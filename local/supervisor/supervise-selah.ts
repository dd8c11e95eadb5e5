import { existsSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { findOwnerEmail } from '#lib/churches/find-owner-email.ts'
import { applyMigrations, countMigrations } from '#lib/db/apply-migrations.ts'
import { createBackup } from '../backup/create-backup.ts'
import { forgetProcesses } from '../backup/forget-processes.ts'
import { pruneBackups } from '../backup/prune-backups.ts'
import { restoringName } from '../backup/restore-marks.ts'
import { choosePorts, requireFreePort } from './choose-ports.ts'
import type { Terminal } from './create-terminal.ts'
import { ExplainedError } from './explained-error.ts'
import { loadSecrets } from './load-secrets.ts'
import { lockDataFolder } from './lock-data-folder.ts'
import { type Migrations, type Plan, planServices, type ServicePlan } from './plan-services.ts'
import type { Settings } from './read-supervisor-settings.ts'
import { endLeftoverProcesses, type ProcessRecord, recordProcesses } from './record-processes.ts'
import { type OwnerAccess, runSeed, type Seeding } from './run-seed.ts'
import { scheduleBackups } from './schedule-backups.ts'
import { type SupervisedService, superviseService } from './supervise-service.ts'
import { waitForAnswer } from './wait-for-answer.ts'
import { openLog } from './write-log.ts'

const readyWithinMs = 180_000
const reportWaitingEveryMs = 10_000
const backupsBeforeMigrationsKept = 3

export interface SuperviseDeps {
  terminal: Terminal
  environment: Record<string, string | undefined>
  /** Who runs Selah, in words for the operator. */
  runsAs: string
}

/**
 * Runs Selah until the signal aborts. Resolves when everything is stopped and the data folder is unlocked.
 * Throws an ExplainedError when Selah cannot be started; services that had started are stopped first.
 */
export async function superviseSelah(
  deps: SuperviseDeps,
  requested: Settings,
  stop: AbortSignal,
): Promise<void> {
  // Runs in reverse order; the data folder is unlocked last.
  await using cleanUp = new AsyncDisposableStack()
  cleanUp.defer(await lockDataFolder(requested.dataDir))
  if (existsSync(path.join(requested.dataDir, restoringName))) {
    throw new ExplainedError(`A restore into ${requested.dataDir} was interrupted. Restore the backup again.`)
  }

  const { terminal } = deps
  const secrets = loadSecrets(requested.dataDir)
  const ended = await endLeftoverProcesses(requested.dataDir)
  if (ended.length > 0)
    terminal.print(`Ended processes that an earlier start had left running: ${ended.join(', ')}.`)
  const [anyPort = 0, database = 0, trigger = 0, web = 0] = await choosePorts(4)
  const settings = { ...requested, port: requested.port === 0 ? anyPort : requested.port }
  await requireFreePort(settings.port, settings.host)

  const ports = { database, trigger, web }
  const plan = planServices(settings, secrets, ports)
  const record = recordProcesses(settings.dataDir)
  cleanUp.defer(() => record.clear())

  const parts: Parts = {
    terminal,
    record,
    settings,
    plan,
    environment: withoutNpm(deps.environment),
    logs: path.join(settings.dataDir, 'logs'),
    cleanUp,
    stop,
  }
  try {
    terminal.print('Starting Selah …')
    const ownerAccess = await waitUnlessStopped(startAll(parts), stop)
    cleanUp.defer(writeRuntime(settings, plan, { ports, runsAs: deps.runsAs }))
    if (plan.database) cleanUp.defer(scheduleBackups({ ...parts, log: openLog(parts.logs, 'backup') }).stop)
    terminal.announce(
      ownerAccess ? readyLine(plan.siteUrl, ownerAccess) : 'Selah runs its background jobs here.',
    )
    await waitUnlessStopped(new Promise(() => {}), stop)
  } catch (error) {
    if (!stop.aborted) throw error
    terminal.print('Stopping Selah …')
  }
}

interface Parts {
  terminal: Terminal
  record: ProcessRecord
  settings: Settings
  plan: Plan
  environment: Record<string, string>
  logs: string
  cleanUp: AsyncDisposableStack
  stop: AbortSignal
}

/**
 * Starts everything that this machine runs, at the same time where possible. Resolves when Selah answers and its owner
 * exists; with null on a machine without a web server.
 */
async function startAll(parts: Parts): Promise<OwnerAccess | null> {
  const { terminal, plan, cleanUp } = parts
  // The database stops last, because the other services still store their state.
  const others: SupervisedService[] = []
  const database = plan.database && startService(parts, plan.database)
  if (database) cleanUp.defer(() => database.stop())
  cleanUp.defer(async () => {
    await Promise.all(others.map((service) => service.stop()))
  })
  const startOther = (service: ServicePlan) => {
    const started = startService(parts, service)
    others.push(started)
    return started
  }

  if (plan.web) startOther(plan.web)
  if (database) await reportWaiting(terminal, 'the database', database.ready)
  await backUpBeforeMigrations(parts)
  for (const migrations of plan.migrations) await apply(plan, migrations)
  const databaseUrl = plan.productEnv.DATABASE_URL ?? ''
  await forgetProcesses({ dataDir: parts.settings.dataDir, databaseUrl })

  const gateway = plan.gateway && startOther(plan.gateway)
  if (plan.trigger) startOther(plan.trigger)
  if (plan.worker) startOther(plan.worker)
  const owner = gateway ? await findOwnerEmail(databaseUrl) : null
  const seeding = gateway && owner === null ? startSeed(parts) : undefined
  const waits = others.map(({ label, ready }) => reportWaiting(terminal, `the ${label}`, ready))
  await Promise.all(waits)
  if (!gateway) return null
  await reportWaiting(terminal, 'the first page', waitUntilHealthy(plan))
  if (seeding) return reportWaiting(terminal, "the owner's account", seeding.ownerAccess)
  // Only samples may be missing, and nobody waits for them.
  startSeed(parts)
  return owner === null ? {} : { signInAs: owner }
}

function startService(parts: Parts, service: ServicePlan): SupervisedService {
  const { settings, logs, stop } = parts
  // Nothing may start after the clean-up has begun.
  stop.throwIfAborted()
  const log = openLog(logs, service.name)
  return superviseService({ ...parts, cwd: settings.root, mode: modeOf(settings), log }, service)
}

function startSeed(parts: Parts): Seeding {
  const { settings, plan, environment, logs, cleanUp, stop } = parts
  stop.throwIfAborted()
  const seeding = runSeed(
    { ...parts, log: openLog(logs, 'seed') },
    {
      root: settings.root,
      env: { ...environment, ...plan.productEnv, SELAH_URL: plan.gatewayUrl },
      mode: modeOf(settings),
    },
  )
  cleanUp.defer(seeding.stop)
  return seeding
}

function modeOf({ dev }: Settings): 'development' | 'production' {
  return dev ? 'development' : 'production'
}

/** The last line of the start: the address of Selah and how the owner gets in. */
export function readyLine(siteUrl: string, { signInAs, setUpPath }: OwnerAccess): string {
  if (setUpPath) return `Selah is ready — finish setting up at ${new URL(setUpPath, siteUrl)}`
  const line = `Selah is ready at ${siteUrl}`
  return signInAs ? `${line} — sign in as ${signInAs}` : line
}

/** Prints regularly what a slow start is waiting for. */
async function reportWaiting<T>(terminal: Terminal, what: string, work: Promise<T>): Promise<T> {
  const timer = setInterval(() => terminal.print(`Still waiting for ${what} …`), reportWaitingEveryMs)
  try {
    return await work
  } finally {
    clearInterval(timer)
  }
}

async function apply({ productEnv }: Plan, { directory, table }: Migrations): Promise<void> {
  const connectionString = productEnv.DATABASE_URL ?? ''
  try {
    await applyMigrations({ connectionString, directory, table })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ExplainedError(`The database could not be migrated: ${reason}`, { cause })
  }
}

/** Makes a backup before pending migrations, because they cannot be undone. A new database needs none. */
async function backUpBeforeMigrations({ terminal, settings, plan, environment }: Parts): Promise<void> {
  const databaseUrl = plan.productEnv.DATABASE_URL
  const { folder: to, keep } = settings.backups
  if (plan.database === undefined || databaseUrl === undefined || keep === 0) return
  try {
    const counts = await Promise.all(
      plan.migrations.map((migrations) => countMigrations({ connectionString: databaseUrl, ...migrations })),
    )
    const hasData = counts.some(({ applied }) => applied > 0)
    if (!hasData || counts.every(({ pending }) => pending === 0)) return
    terminal.print('Backing up before the database is changed …')
    const reason = 'before-migration'
    await createBackup({ dataDir: settings.dataDir, databaseUrl, environment }, { to, reason })
    await pruneBackups(to, { reason, keep: backupsBeforeMigrationsKept })
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new ExplainedError(
      `The database has to be changed for this version, and could not be backed up before: ${why} ` +
        'To start without a backup, set SELAH_BACKUPS_KEEP=0.',
      { cause },
    )
  }
}

async function waitUntilHealthy({ gatewayUrl }: Plan): Promise<void> {
  const health = `${gatewayUrl}/api/health`
  try {
    await waitForAnswer(health, AbortSignal.timeout(readyWithinMs), 200)
  } catch (cause) {
    const answer = await fetch(health).then(
      (response) => response.text(),
      (error: unknown) => String(error),
    )
    throw new ExplainedError(`Selah started but is not healthy: ${answer.slice(0, 2_000)}`, { cause })
  }
}

/** Writes the addresses and keys for the CLI and tests on this machine. Returns the function that removes the file. */
function writeRuntime(settings: Settings, plan: Plan, facts: { ports: object; runsAs: string }): () => void {
  const file = path.join(settings.dataDir, 'runtime.json')
  const { DATABASE_URL, TRIGGER_API_URL, TRIGGER_SECRET_KEY, ...env } = plan.productEnv
  const runtime = {
    pid: process.pid,
    url: plan.gatewayUrl,
    siteUrl: plan.siteUrl,
    databaseUrl: DATABASE_URL,
    triggerUrl: TRIGGER_API_URL,
    triggerSecretKey: TRIGGER_SECRET_KEY,
    supabaseUrl: env.SUPABASE_URL,
    publishableKey: env.SUPABASE_PUBLISHABLE_KEY,
    secretKey: env.SUPABASE_SECRET_KEY,
    embedded: env.SELAH_EMBEDDED?.split(','),
    ...facts,
  }
  writeFileSync(file, `${JSON.stringify(runtime, null, 2)}\n`, { mode: 0o600 })
  return () => rmSync(file, { force: true })
}

/** Returns the environment without the variables that npm adds. */
function withoutNpm(environment: Record<string, string | undefined>): Record<string, string> {
  const entries = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(npm_|INIT_CWD$)/.test(entry[0]),
  )
  return Object.fromEntries(entries)
}

async function waitUnlessStopped<T>(work: Promise<T>, stop: AbortSignal): Promise<T> {
  stop.throwIfAborted()
  const stopped = Promise.withResolvers<never>()
  const abort = () => stopped.reject(stop.reason)
  stop.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work, stopped.promise])
  } finally {
    stop.removeEventListener('abort', abort)
  }
}
