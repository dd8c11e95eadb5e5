import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { ownerCredentialsSchema } from '#lib/churches/owner-credentials.ts'
import { listModels } from '#lib/models/list-models.ts'
import { ExplainedError } from './explained-error.ts'

const text = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional()
const flag = text.transform((value) => value !== undefined && !['0', 'false', 'off', 'no'].includes(value))

const schema = z.object({
  PORT: text.transform((value) => Number(value ?? 3000)).pipe(z.int().min(0).max(65_535)),
  SELAH_HOST: text.transform((value) => value ?? '0.0.0.0'),
  SELAH_DATA_DIR: text.transform((value) => value ?? '.data'),
  SELAH_BACKUP_DIR: text,
  SELAH_BACKUP_S3: text.refine((value) => value === undefined || /^s3:\/\/[^/]/.test(value), {
    error: 'write it as s3://<bucket>/<folder>',
  }),
  SELAH_BACKUPS_KEEP: text.transform((value) => Number(value ?? 7)).pipe(z.int().min(0).max(1_000)),
  SELAH_RUN: text.transform((value) => value ?? 'all').pipe(z.enum(['all', 'web', 'jobs'])),
  SELAH_LOG: text.transform((value) => value ?? 'normal').pipe(z.enum(['normal', 'debug'])),
  SELAH_NO_APT: flag,
  SELAH_USER: text,
  SELAH_MODELS: text.pipe(z.enum(['auto', 'all', 'off']).optional()),
  SELAH_MODELS_DIR: text,
  SELAH_MODELS_MANIFEST: text,
  CI: flag,
  SITE_URL: text,
  DATABASE_URL: text,
  SUPABASE_URL: text,
  SUPABASE_PUBLIC_URL: text,
  SUPABASE_PUBLISHABLE_KEY: text,
  SUPABASE_SECRET_KEY: text,
  TRIGGER_API_URL: text,
  TRIGGER_SECRET_KEY: text,
  SELAH_SETUP_TOKEN: text,
  DEEPGRAM_API_KEY: text,
  SELAH_OWNER_EMAIL: text,
  SELAH_OWNER_PASSWORD: text,
})

export interface Settings {
  /** The folder of the project. */
  root: string
  /** Next with hot reload and rebuilt tasks, instead of the built app. */
  dev: boolean
  /** What this machine runs: everything, or a part, with other machines on the same database. */
  run: 'all' | 'web' | 'jobs'
  port: number
  host: string
  dataDir: string
  backups: {
    folder: string
    /** How many daily backups are kept. With 0 no backups are made, not even before migrations. */
    keep: number
    /** Where daily backups are stored as well: `s3://<bucket>/<folder>`. */
    s3: string | undefined
  }
  logEverything: boolean
  mayInstallPackages: boolean
  mayInstallRecogniser: boolean
  /** The user that Selah runs as when root starts it: a name, a number or `root`. */
  user: string | undefined
  models: {
    /** Whether models are downloaded. By default they are, except in CI. */
    mode: 'auto' | 'all' | 'off'
    folder: string
  }
  siteUrl: string | undefined
  setupToken: string | undefined
  /** Present when the service is hosted elsewhere; absent when it runs here. */
  hosted: {
    databaseUrl?: string
    supabase?: { url: string; publicUrl: string | undefined; publishableKey: string; secretKey: string }
    trigger?: { secretKey: string; apiUrl: string | undefined }
  }
}

/**
 * Reads the environment variables of the person who runs Selah.
 * Throws an ExplainedError that names the variable when one cannot be used.
 */
export function readSupervisorSettings(
  environment: Record<string, string | undefined>,
  { root, dev }: { root: string; dev: boolean },
): Settings {
  const result = schema.safeParse(environment)
  if (!result.success) {
    const [issue] = result.error.issues
    throw new ExplainedError(
      `${issue?.path.join('.') ?? 'A setting'} cannot be used: ${issue?.message ?? 'it is malformed'}.`,
    )
  }
  const read = result.data
  checkOwner(read)
  checkPart(read)
  const dataDir = path.resolve(root, read.SELAH_DATA_DIR)
  const models = {
    mode: read.SELAH_MODELS ?? (read.CI ? ('off' as const) : ('auto' as const)),
    folder: path.resolve(root, read.SELAH_MODELS_DIR ?? path.join(dataDir, 'models')),
  }
  checkModels({
    SELAH_MODELS: models.mode,
    SELAH_MODELS_DIR: models.folder,
    SELAH_MODELS_MANIFEST: read.SELAH_MODELS_MANIFEST,
  })
  return {
    root,
    dev,
    run: read.SELAH_RUN,
    port: read.PORT,
    host: read.SELAH_HOST,
    dataDir,
    backups: {
      folder: path.resolve(root, read.SELAH_BACKUP_DIR ?? path.join(dataDir, 'backups')),
      keep: read.SELAH_BACKUPS_KEEP,
      s3: read.SELAH_BACKUP_S3,
    },
    logEverything: read.SELAH_LOG === 'debug',
    mayInstallPackages: !read.SELAH_NO_APT,
    mayInstallRecogniser: read.DEEPGRAM_API_KEY === undefined,
    user: read.SELAH_USER,
    models,
    siteUrl: read.SITE_URL,
    setupToken: read.SELAH_SETUP_TOKEN,
    hosted: {
      ...(read.DATABASE_URL ? { databaseUrl: read.DATABASE_URL } : {}),
      ...(read.SUPABASE_URL ? { supabase: hostedSupabase(read, read.SUPABASE_URL) } : {}),
      ...(read.TRIGGER_SECRET_KEY
        ? { trigger: { secretKey: read.TRIGGER_SECRET_KEY, apiUrl: read.TRIGGER_API_URL } }
        : {}),
    },
  }
}

/** Checked before anything starts: a set-up that fails later leaves an installation without an owner. */
function checkOwner({
  SELAH_OWNER_EMAIL: email,
  SELAH_OWNER_PASSWORD: password,
}: z.infer<typeof schema>): void {
  if (!email || !password) return
  const [issue] = ownerCredentialsSchema.safeParse({ email, password }).error?.issues ?? []
  if (!issue) return
  const name = issue.path[0] === 'email' ? 'SELAH_OWNER_EMAIL' : 'SELAH_OWNER_PASSWORD'
  throw new ExplainedError(`${name} cannot be used. ${issue.message}`)
}

/** Throws when a machine that runs a part of Selah has no shared database or storage. */
function checkPart(read: z.infer<typeof schema>): void {
  if (read.SELAH_RUN === 'all') return
  const missing = (['DATABASE_URL', 'SUPABASE_URL'] as const).filter((name) => read[name] === undefined)
  if (missing.length > 0) {
    throw new ExplainedError(
      `SELAH_RUN=${read.SELAH_RUN} runs only a part of Selah, so ${missing.join(' and ')} must be set to ` +
        'the database and the storage that it shares with other machines.',
    )
  }
}

/** An invalid list would break every search, so the start fails. */
function checkModels(settings: Parameters<typeof listModels>[0]): void {
  try {
    listModels(settings)
  } catch (error) {
    throw new ExplainedError(error instanceof Error ? error.message : String(error))
  }
}

function hostedSupabase(read: z.infer<typeof schema>, url: string) {
  const { SUPABASE_PUBLISHABLE_KEY: publishableKey, SUPABASE_SECRET_KEY: secretKey } = read
  if (!publishableKey || !secretKey) {
    throw new ExplainedError(
      'SUPABASE_URL is set, so SUPABASE_PUBLISHABLE_KEY and SUPABASE_SECRET_KEY are needed too. ' +
        'Set both, or leave out all three to keep accounts and files on this machine.',
    )
  }
  return { url, publicUrl: read.SUPABASE_PUBLIC_URL, publishableKey, secretKey }
}

/** Reads `.env.local` and `.env` of the project; variables that are already set are not changed. */
export function loadEnvironmentFiles(root: string): void {
  for (const name of ['.env.local', '.env']) {
    const file = path.join(root, name)
    if (existsSync(file)) process.loadEnvFile(file)
  }
}
