import { existsSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { applyMigrations } from '#lib/db/apply-migrations.ts'
import { choosePorts, requireFreePort } from './choose-ports.ts'
import { ExplainedError } from './explained-error.ts'
import { installRecogniser } from './install-recogniser.ts'
import { keepSecrets } from './keep-secrets.ts'
import { lockDataFolder } from './lock-data-folder.ts'
import { type Migrations, type Plan, planServices, type ServicePlan } from './plan-services.ts'
import type { Settings } from './read-settings.ts'
import { endStragglers, recordProcesses } from './record-processes.ts'
import { type Entrance, runSeed } from './run-seed.ts'
import type { Terminal } from './speak-to-terminal.ts'
import { type SupervisedService, superviseService } from './supervise-service.ts'
import { waitForAnswer } from './wait-for-answer.ts'
import { openLog } from './write-log.ts'

const readyWithinMs = 180_000
const reassureEveryMs = 10_000

export interface SuperviseDeps {
  terminal: Terminal
  environment: Record<string, string | undefined>
}

/**
 * Runs Selah until the signal aborts. Resolves when everything is stopped and the data folder is free again.
 * Throws an ExplainedError when Selah cannot be started; what had been started is stopped before.
 */
export async function superviseSelah(
  deps: SuperviseDeps,
  wanted: Settings,
  stop: AbortSignal,
): Promise<void> {
  // In reverse order of their use; the folder is given back last.
  await using cleanUp = new AsyncDisposableStack()
  cleanUp.defer(lockDataFolder(wanted.dataDir))

  const { terminal } = deps
  const secrets = keepSecrets(wanted.dataDir)
  const ended = await endStragglers(wanted.dataDir)
  if (ended.length > 0) terminal.say(`Ended what an earlier start had left behind: ${ended.join(', ')}.`)
  const [anyPort = 0, database = 0, trigger = 0, web = 0] = await choosePorts(4)
  const settings = { ...wanted, port: wanted.port === 0 ? anyPort : wanted.port }
  await requireFreePort(settings.port, settings.host)

  const ports = { database, trigger, web }
  const plan = planServices(settings, secrets, ports)
  const record = recordProcesses(settings.dataDir)
  cleanUp.defer(() => record.clear())

  const logs = path.join(settings.dataDir, 'logs')
  const environment = withoutNpm(deps.environment)
  const mode = settings.dev ? 'development' : 'production'
  const start = (service: ServicePlan): SupervisedService => {
    const log = openLog(logs, service.name)
    return superviseService({ cwd: settings.root, environment, mode, log, terminal, record }, service)
  }

  try {
    terminal.say('Starting Selah …')
    const startup = startDatabase(plan, start, cleanUp)
    await untilStopped(reassure(terminal, 'the database', startup), stop)
    const others = plan.others.map(start)
    cleanUp.defer(async () => {
      await Promise.all(others.map((service) => service.stop()))
    })
    const allReady = Promise.all(others.map(({ name, ready }) => reassure(terminal, `the ${name}`, ready)))
    await untilStopped(allReady, stop)
    await untilStopped(reassure(terminal, 'the first page', waitUntilHealthy(plan)), stop)
    cleanUp.defer(writeRuntime(settings, plan, ports))

    const seedEnv = { ...environment, ...plan.productEnv, SELAH_URL: plan.frontDoorUrl }
    const seeding = runSeed(
      { log: openLog(logs, 'seed'), terminal, record },
      { root: settings.root, env: seedEnv, mode },
    )
    cleanUp.defer(seeding.stop)
    terminal.announce(readyLine(plan.siteUrl, await untilStopped(seeding.entrance, stop)))
    if (settings.mayInstallRecogniser) {
      cleanUp.defer(installRecogniser({ terminal, log: openLog(logs, 'apt') }))
    }
    await untilStopped(new Promise(() => {}), stop)
  } catch (error) {
    if (!stop.aborted) throw error
    terminal.say('Stopping Selah …')
  }
}

/** What the person sees last: where Selah is and how to get in. */
export function readyLine(siteUrl: string, { signInAs, setUpPath }: Entrance): string {
  if (setUpPath) return `Selah is ready — finish setting up at ${new URL(setUpPath, siteUrl)}`
  const line = `Selah is ready at ${siteUrl}`
  return signInAs ? `${line} — sign in as ${signInAs}` : line
}

/** Says now and then what a slow start is waiting for. */
async function reassure<T>(terminal: Terminal, what: string, work: Promise<T>): Promise<T> {
  const timer = setInterval(() => terminal.say(`Still waiting for ${what} …`), reassureEveryMs)
  try {
    return await work
  } finally {
    clearInterval(timer)
  }
}

async function startDatabase(
  plan: Plan,
  start: (service: ServicePlan) => SupervisedService,
  cleanUp: AsyncDisposableStack,
): Promise<void> {
  if (plan.database) {
    const database = start(plan.database)
    cleanUp.defer(() => database.stop())
    await database.ready
  }
  const connectionString = plan.productEnv.DATABASE_URL ?? ''
  for (const migrations of plan.migrations) await apply(connectionString, migrations)
}

async function apply(connectionString: string, { directory, table }: Migrations): Promise<void> {
  if (!existsSync(directory)) return
  try {
    await applyMigrations({ connectionString, directory, table })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ExplainedError(`The database could not be brought up to date: ${reason}`, { cause })
  }
}

async function waitUntilHealthy({ frontDoorUrl }: Plan): Promise<void> {
  const health = `${frontDoorUrl}/api/health`
  try {
    await waitForAnswer(health, AbortSignal.timeout(readyWithinMs), 200)
  } catch (cause) {
    const answer = await fetch(health).then(
      (response) => response.text(),
      (error: unknown) => String(error),
    )
    throw new ExplainedError(`Selah started but is not well: ${answer.slice(0, 2_000)}`, { cause })
  }
}

/** Tells the command line tool and tests on this machine where everything is. Returns what removes it again. */
function writeRuntime(settings: Settings, plan: Plan, ports: object): () => void {
  const file = path.join(settings.dataDir, 'runtime.json')
  const { DATABASE_URL, TRIGGER_API_URL, TRIGGER_SECRET_KEY, ...env } = plan.productEnv
  const runtime = {
    pid: process.pid,
    url: plan.frontDoorUrl,
    siteUrl: plan.siteUrl,
    databaseUrl: DATABASE_URL,
    triggerUrl: TRIGGER_API_URL,
    triggerSecretKey: TRIGGER_SECRET_KEY,
    supabaseUrl: env.SUPABASE_URL,
    publishableKey: env.SUPABASE_PUBLISHABLE_KEY,
    secretKey: env.SUPABASE_SECRET_KEY,
    embedded: env.SELAH_EMBEDDED?.split(','),
    ports,
  }
  writeFileSync(file, `${JSON.stringify(runtime, null, 2)}\n`, { mode: 0o600 })
  return () => rmSync(file, { force: true })
}

/** npm describes its own run in the environment of what it starts, which is nothing to the services. */
function withoutNpm(environment: Record<string, string | undefined>): Record<string, string> {
  const entries = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(npm_|INIT_CWD$)/.test(entry[0]),
  )
  return Object.fromEntries(entries)
}

async function untilStopped<T>(work: Promise<T>, stop: AbortSignal): Promise<T> {
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
