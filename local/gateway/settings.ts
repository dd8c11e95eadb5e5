import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)
const optional = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value.trim() === '' ? undefined : value))
const seconds = (byDefault: number) => z.coerce.number().int().positive().default(byDefault)

const frontDoorSchema = z.object({
  PORT: port.default(3000),
  SELAH_HOST: z.string().default('0.0.0.0'),
  SELAH_WEB_PORT: port,
  /** Believe X-Forwarded-* of whoever connects: only behind a reverse proxy that sets them. */
  SELAH_TRUST_PROXY: z
    .string()
    .optional()
    .transform((value) => value !== undefined && ['1', 'on', 'true', 'yes'].includes(value.toLowerCase())),
  SUPABASE_URL: optional,
  SITE_URL: optional,
  SELAH_AUTH_JWK: optional,
})

const supabaseSchema = z.object({
  DATABASE_URL: z.string().min(1),
  SUPABASE_URL: z.url(),
  SELAH_STORAGE_DIR: z.string().min(1),
  SELAH_STORAGE_JWT_SECRET: z.string().min(32),
  SUPABASE_PUBLISHABLE_KEY: z.string().startsWith('sb_publishable_'),
  SUPABASE_SECRET_KEY: z.string().startsWith('sb_secret_'),
  /** off: owners make accounts. confirm: anyone, after opening a letter. open: anyone, at once. */
  SELAH_AUTH_SIGNUP: z.enum(['off', 'confirm', 'open']).default('off'),
  SELAH_AUTH_TOKEN_SECONDS: seconds(3600),
  SELAH_AUTH_REUSE_SECONDS: seconds(10),
  SELAH_AUTH_RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  SELAH_MAX_UPLOAD_MB: z.coerce.number().positive().default(2048),
  SELAH_UPLOAD_LIFE_SECONDS: seconds(24 * 60 * 60),
})

export type SupabaseSettings = z.infer<typeof supabaseSchema> & { authJwk: string; siteUrl: string }

export interface GatewaySettings {
  host: string
  port: number
  webPort: number
  trustProxy: boolean
  /** Absent when auth and storage are hosted elsewhere: then this process only passes requests on. */
  supabase: SupabaseSettings | undefined
}

/** Reads the settings of the front door. Throws an Error that names every wrong variable. */
export function readGatewaySettings(environment: Record<string, string | undefined>): GatewaySettings {
  const frontDoor = parse(frontDoorSchema, environment)
  return {
    host: frontDoor.SELAH_HOST,
    port: frontDoor.PORT,
    webPort: frontDoor.SELAH_WEB_PORT,
    trustProxy: frontDoor.SELAH_TRUST_PROXY,
    supabase:
      frontDoor.SELAH_AUTH_JWK === undefined
        ? undefined
        : {
            ...parse(supabaseSchema, environment),
            authJwk: frontDoor.SELAH_AUTH_JWK,
            siteUrl: frontDoor.SITE_URL ?? frontDoor.SUPABASE_URL ?? `http://localhost:${frontDoor.PORT}`,
          },
  }
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  environment: Record<string, string | undefined>,
): z.infer<Schema> {
  const result = schema.safeParse(environment)
  if (!result.success) throw new Error(`The front door cannot start:\n${z.prettifyError(result.error)}`)
  return result.data
}
