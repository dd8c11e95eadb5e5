import { z } from 'zod'

const optionalText = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional()
const optionalUrl = optionalText.pipe(z.url().optional())
const flag = (byDefault: boolean) =>
  z
    .string()
    .optional()
    .transform((value) =>
      value === undefined || value === '' ? byDefault : !['0', 'false', 'off', 'no'].includes(value),
    )

/** Every variable that the product reads. `.env.example` explains each one; an architecture test compares the two. */
export const envSchema = z.object({
  // Site
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  SITE_URL: z.url().default('http://localhost:3000'),
  SELAH_EMBEDDED: z
    .string()
    .default('')
    .transform((value) => value.split(',').filter((name) => name !== '')),

  // Database
  DATABASE_URL: z.string().min(1),
  SELAH_DATABASE_POOL: z.coerce.number().int().min(1).max(50).default(6),

  // Supabase Auth and Storage
  SUPABASE_URL: z.url(),
  SUPABASE_PUBLIC_URL: optionalText,
  SUPABASE_PUBLISHABLE_KEY: z.string().min(1),
  SUPABASE_SECRET_KEY: z.string().min(1),

  // Jobs
  TRIGGER_API_URL: z.url().default('https://api.trigger.dev'),
  TRIGGER_SECRET_KEY: z.string().min(1),

  // Speech to text
  DEEPGRAM_API_KEY: optionalText,
  DEEPGRAM_BASE_URL: optionalUrl,

  // Embeddings and answers
  OPENAI_API_KEY: optionalText,
  OPENAI_BASE_URL: optionalUrl,
  OPENAI_CHAT_MODEL: z.string().default('gpt-4.1-mini'),
  OPENAI_EMBEDDING_MODEL: optionalText,

  // Models on this machine
  SELAH_MODELS: optionalText.pipe(z.enum(['auto', 'all', 'off']).default('off')),
  SELAH_MODELS_DIR: optionalText.pipe(z.string().default('.data/models')),
  SELAH_MODELS_MIRROR: optionalText.pipe(z.url().default('https://huggingface.co')),
  SELAH_MODELS_MANIFEST: optionalText,

  // Ask
  SELAH_CARE_HELP: optionalText,

  // Limits
  SELAH_MAX_UPLOAD_MB: z.coerce.number().positive().default(5120),

  // First start
  SELAH_OWNER_EMAIL: optionalText,
  SELAH_OWNER_PASSWORD: optionalText,
  SELAH_SETUP_TOKEN: optionalText,
  SELAH_SAMPLES: flag(true),

  // Operations
  SELAH_METRICS_TOKEN: optionalText,
  OTEL_EXPORTER_OTLP_ENDPOINT: optionalUrl,
  SELAH_TELEMETRY_DAYS: z.coerce.number().positive().default(30),
  SELAH_TELEMETRY_MAX_ROWS: z.coerce.number().int().positive().default(500_000),
  SELAH_DISK_RESERVE_MB: z.coerce.number().min(0).default(512),
  SELAH_PAID_REQUESTS_PER_DAY: z.coerce.number().int().min(1).default(5_000),
  SELAH_KEEP_RUNS_DAYS: z.coerce.number().int().min(1).default(90),
  SELAH_KEEP_EVENTS_DAYS: z.coerce.number().int().min(1).default(90),
  SELAH_RUN: z
    .string()
    .transform((value) => value || 'all')
    .default('all')
    .pipe(z.enum(['all', 'web', 'jobs'])),
  SELAH_BACKGROUND: flag(true),
  SMTP_URL: optionalText,
  SELAH_MAIL_FROM: optionalText,
  SELAH_ALERT_EMAIL: optionalText,
  SELAH_ALERT_WEBHOOK_URL: optionalUrl,
  SELAH_WEBSUB_HUB: optionalUrl,
  SELAH_ALERT_QUEUE_MINUTES: z.coerce.number().positive().default(15),
})

export type Env = z.infer<typeof envSchema>

let parsed: Env | undefined

/**
 * The environment, parsed once. Throws an Error that lists every missing or malformed variable, so that a
 * misconfigured process stops when it starts and not at the first request that needs the variable.
 */
export function env(): Env {
  if (parsed) return parsed
  const result = envSchema.safeParse(process.env)
  if (!result.success) {
    throw new Error(`The environment is not usable:\n${z.prettifyError(result.error)}`)
  }
  parsed = result.data
  return parsed
}
