import { z } from 'zod'
import { signUpModes } from '../auth/auth-context.ts'

const optional = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value.trim() === '' ? undefined : value))
const seconds = (byDefault: number) => z.coerce.number().int().positive().default(byDefault)

const schema = z.object({
  DATABASE_URL: z.string().min(1),
  SUPABASE_URL: z.url(),
  SITE_URL: optional,
  SELAH_AUTH_JWK: z.string(),
  SELAH_STORAGE_DIR: z.string().min(1),
  SELAH_STORAGE_JWT_SECRET: z.string().min(32),
  SUPABASE_PUBLISHABLE_KEY: z.string().startsWith('sb_publishable_'),
  SUPABASE_SECRET_KEY: z.string().startsWith('sb_secret_'),
  /** `link` by default where emails can be sent, else `off`. */
  SELAH_AUTH_SIGNUP: optional.pipe(z.enum(signUpModes).optional()),
  /** Emails are sent when both are set; without them none is made. */
  SMTP_URL: optional,
  SELAH_MAIL_FROM: optional,
  SELAH_AUTH_TOKEN_SECONDS: seconds(3600),
  SELAH_AUTH_REUSE_SECONDS: seconds(10),
  SELAH_AUTH_RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  SELAH_MAX_UPLOAD_MB: z.coerce.number().positive().default(5120),
  /** Uploads are refused when they would leave less than this on the disk. */
  SELAH_DISK_RESERVE_MB: z.coerce.number().min(0).default(512),
  SELAH_UPLOAD_LIFE_SECONDS: seconds(24 * 60 * 60),
})

export type SupabaseSettings = z.infer<typeof schema>

/**
 * Reads the settings of local auth and storage; undefined when a hosted project serves both (no
 * `SELAH_AUTH_JWK`). Throws a ZodError that names every wrong variable.
 */
export function readSupabaseSettings(
  environment: Record<string, string | undefined>,
): SupabaseSettings | undefined {
  if (!environment.SELAH_AUTH_JWK?.trim()) return undefined
  return schema.parse(environment)
}
