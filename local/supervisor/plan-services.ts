import path from 'node:path'
import type { Secrets } from './load-secrets.ts'
import type { Settings } from './read-supervisor-settings.ts'

export type ServiceName = 'database' | 'gateway' | 'trigger' | 'web' | 'worker'

/** The names that messages use. */
export const serviceLabels: Record<ServiceName, string> = {
  database: 'database',
  gateway: 'gateway',
  trigger: 'job engine',
  web: 'web server',
  worker: 'background jobs',
}

export interface ServicePlan {
  name: ServiceName
  script: string
  args: string[]
  execArgv: string[]
  env: Record<string, string>
  /** How the supervisor sees that the service is usable: it sends a message, or answers HTTP on this port. */
  readiness: { kind: 'message' } | { kind: 'http'; port: number }
}

export interface InternalPorts {
  database: number
  trigger: number
  web: number
}

export interface Migrations {
  directory: string
  table: string
}

export interface Plan {
  /** Absent when the database is hosted. */
  database: ServicePlan | undefined
  /** Takes the longest to load and does not need the database for that, so both start together. Absent in `jobs`. */
  web: ServicePlan | undefined
  /** Needed for the owner and the samples; started after the migrations. Absent in `jobs`. */
  gateway: ServicePlan | undefined
  /** Absent when jobs are hosted, and in `web`. */
  trigger: ServicePlan | undefined
  /** The background jobs, on a machine without a web server. */
  worker: ServicePlan | undefined
  migrations: Migrations[]
  /** The variables that product code, tasks and scripts read. */
  productEnv: Record<string, string>
  /** The address of the gateway for processes on this machine. */
  gatewayUrl: string
  /** The address of the gateway for people. */
  siteUrl: string
}

/** Decides which services run here and with which settings. Starts and writes nothing. */
export function planServices(settings: Settings, secrets: Secrets, ports: InternalPorts): Plan {
  const { hosted, root, dataDir, port } = settings
  const gatewayUrl = `http://${reachableHost(settings.host)}:${port}`
  const siteUrl = settings.siteUrl ?? `http://localhost:${port}`
  const databaseUrl =
    hosted.databaseUrl ??
    `postgres://postgres:${secrets.databasePassword}@127.0.0.1:${ports.database}/postgres`
  const triggerUrl = `http://127.0.0.1:${ports.trigger}`

  const productEnv: Record<string, string> = {
    SITE_URL: siteUrl,
    SELAH_EMBEDDED: [
      hosted.databaseUrl ? '' : 'database',
      hosted.supabase ? '' : 'storage',
      hosted.trigger ? '' : 'jobs',
    ]
      .filter((name) => name !== '')
      .join(','),
    SELAH_DATA_DIR: dataDir,
    SELAH_MODELS: settings.models.mode,
    SELAH_MODELS_DIR: settings.models.folder,
    SELAH_SETUP_TOKEN: settings.setupToken ?? secrets.setupToken,
    DATABASE_URL: databaseUrl,
    SUPABASE_URL: hosted.supabase?.url ?? gatewayUrl,
    SUPABASE_PUBLIC_URL: hosted.supabase ? (hosted.supabase.publicUrl ?? hosted.supabase.url) : '/',
    SUPABASE_PUBLISHABLE_KEY: hosted.supabase?.publishableKey ?? secrets.publishableKey,
    SUPABASE_SECRET_KEY: hosted.supabase?.secretKey ?? secrets.secretKey,
    TRIGGER_SECRET_KEY: hosted.trigger?.secretKey ?? secrets.triggerSecretKey,
    SELAH_RUN: settings.run,
    // The machine with the job engine forwards the events of all of them.
    ...(settings.run === 'web' && !hosted.trigger ? { SELAH_BACKGROUND: '0' } : {}),
    ...triggerAddress(settings, triggerUrl),
  }

  return {
    database: hosted.databaseUrl
      ? undefined
      : {
          ...localService(root, 'database'),
          env: {
            SELAH_DATABASE_DIR: path.join(dataDir, 'database'),
            SELAH_DATABASE_PORT: String(ports.database),
            SELAH_DATABASE_PASSWORD: secrets.databasePassword,
          },
        },
    web: settings.run === 'jobs' ? undefined : planWeb(settings, ports, productEnv),
    gateway: settings.run === 'jobs' ? undefined : planGateway(settings, secrets, ports, productEnv),
    trigger: hosted.trigger || settings.run === 'web' ? undefined : planTrigger(settings, ports, productEnv),
    worker: settings.run === 'jobs' ? planWorker(settings, productEnv) : undefined,
    migrations: planMigrations(settings),
    productEnv,
    gatewayUrl,
    siteUrl,
  }
}

function localService(root: string, name: ServiceName): Omit<ServicePlan, 'env'> {
  return {
    name,
    script: path.join(root, 'local', name, 'main.ts'),
    args: [],
    execArgv: [],
    readiness: { kind: 'message' },
  }
}

function planGateway(
  settings: Settings,
  secrets: Secrets,
  ports: InternalPorts,
  productEnv: Record<string, string>,
): ServicePlan {
  const routing = {
    PORT: String(settings.port),
    SELAH_HOST: settings.host,
    SELAH_WEB_PORT: String(ports.web),
  }
  const accountsAndFiles = {
    ...productEnv,
    SELAH_STORAGE_DIR: path.join(settings.dataDir, 'storage'),
    SELAH_AUTH_JWK: JSON.stringify(secrets.authJwk),
    SELAH_STORAGE_JWT_SECRET: secrets.storageJwtSecret,
  }
  return {
    ...localService(settings.root, 'gateway'),
    env: settings.hosted.supabase ? routing : { ...accountsAndFiles, ...routing },
  }
}

function planTrigger(
  settings: Settings,
  ports: InternalPorts,
  productEnv: Record<string, string>,
): ServicePlan {
  return {
    ...localService(settings.root, 'trigger'),
    env: {
      ...productEnv,
      SELAH_TRIGGER_PORT: String(ports.trigger),
      SELAH_TRIGGER_DIR: path.join(settings.dataDir, 'trigger'),
      SELAH_TRIGGER_PROJECT_DIR: settings.root,
      ...(settings.dev ? { SELAH_TRIGGER_WATCH: '1' } : {}),
    },
  }
}

function planWeb(settings: Settings, ports: InternalPorts, productEnv: Record<string, string>): ServicePlan {
  return {
    name: 'web',
    script: path.join(settings.root, 'node_modules/next/dist/bin/next'),
    args: [settings.dev ? 'dev' : 'start', '-H', '127.0.0.1', '-p', String(ports.web)],
    execArgv: ['--import', path.join(settings.root, 'local/web/exit-with-parent.mjs')],
    env: { ...productEnv, NEXT_TELEMETRY_DISABLED: '1' },
    readiness: { kind: 'http', port: ports.web },
  }
}

function planWorker({ root }: Settings, productEnv: Record<string, string>): ServicePlan {
  return {
    name: 'worker',
    script: path.join(root, 'scripts', 'worker.ts'),
    args: [],
    execArgv: [],
    env: productEnv,
    readiness: { kind: 'message' },
  }
}

/** A hosted project has its own roles, auth and storage schemas; every other migration is applied here. */
function planMigrations({ root, hosted, run }: Settings): Migrations[] {
  const isPlatformLocal = !hosted.supabase || !hosted.databaseUrl
  return [
    ...(isPlatformLocal
      ? [{ directory: path.join(root, 'local/supabase/migrations'), table: 'selah.platform_migrations' }]
      : []),
    { directory: path.join(root, 'supabase/migrations'), table: 'selah.schema_migrations' },
    ...(hosted.trigger || run === 'web'
      ? []
      : [{ directory: path.join(root, 'local/trigger/migrations'), table: 'selah.engine_migrations' }]),
  ]
}

function triggerAddress({ hosted }: Settings, localUrl: string): Record<string, string> {
  if (!hosted.trigger) return { TRIGGER_API_URL: localUrl }
  return hosted.trigger.apiUrl ? { TRIGGER_API_URL: hosted.trigger.apiUrl } : {}
}

function reachableHost(host: string): string {
  if (['0.0.0.0', '::', 'localhost', ''].includes(host)) return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
