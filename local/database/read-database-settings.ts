import { z } from 'zod'

const schema = z.object({
  SELAH_DATABASE_DIR: z.string().min(1),
  SELAH_DATABASE_PORT: z.coerce.number().int().min(0).max(65_535),
  SELAH_DATABASE_PASSWORD: z.string().min(8),
  /** How long a client may keep a transaction open without sending anything. */
  SELAH_DATABASE_IDLE_LIMIT_MS: z.coerce.number().int().positive().default(15_000),
  /** The same limit while other clients wait: the longest time that one transaction can block them. */
  SELAH_DATABASE_BLOCKING_LIMIT_MS: z.coerce.number().int().positive().default(8_000),
  /** How long one statement may run before it is cancelled. */
  SELAH_DATABASE_STATEMENT_LIMIT_MS: z.coerce.number().int().positive().default(600_000),
  SELAH_DATABASE_MAX_CONNECTIONS: z.coerce.number().int().positive().default(200),
  /** `0` makes commits faster but not safe against a power failure. A killed process loses nothing either way. */
  SELAH_DATABASE_FSYNC: z.enum(['0', '1']).default('1'),
})

export interface DatabaseSettings {
  directory: string
  port: number
  password: string
  idleLimitMs: number
  blockingLimitMs: number
  statementLimitMs: number
  maxConnections: number
  fsync: boolean
}

/** Reads the settings of this process. Throws with a sentence that names the wrong ones. */
export function readDatabaseSettings(environment: NodeJS.ProcessEnv): DatabaseSettings {
  const parsed = schema.safeParse(environment)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The database settings are wrong (${problems.join('; ')}).`)
  }
  const values = parsed.data
  return {
    directory: values.SELAH_DATABASE_DIR,
    port: values.SELAH_DATABASE_PORT,
    password: values.SELAH_DATABASE_PASSWORD,
    idleLimitMs: values.SELAH_DATABASE_IDLE_LIMIT_MS,
    blockingLimitMs: values.SELAH_DATABASE_BLOCKING_LIMIT_MS,
    statementLimitMs: values.SELAH_DATABASE_STATEMENT_LIMIT_MS,
    maxConnections: values.SELAH_DATABASE_MAX_CONNECTIONS,
    fsync: values.SELAH_DATABASE_FSYNC === '1',
  }
}
