import pg from 'pg'
import { createAccessTokens } from '../auth/access-tokens.ts'
import { handleAuth } from '../auth/handle-auth.ts'
import { createRateLimits, noRateLimits } from '../auth/limit-rate.ts'
import { createPasswords } from '../auth/passwords.ts'
import { removeUnconfirmed } from '../auth/remove-unconfirmed.ts'
import { type MailSettings, sendEmails } from '../auth/send-emails.ts'
import type { Service } from '../http/service-handler.ts'
import { watchDiskSpace } from '../storage/disk-space.ts'
import { handleStorage } from '../storage/handle-storage.ts'
import { createObjectCache } from '../storage/object-cache.ts'
import { openObjectFiles } from '../storage/object-files.ts'
import { createResumableUploads } from '../storage/resumable-uploads.ts'
import { createSignedTokens } from '../storage/signed-tokens.ts'
import type { StorageContext } from '../storage/storage-context.ts'
import type { SupabaseSettings } from './read-supabase-settings.ts'

const cleanupIntervalMs = 10 * 60 * 1000

/**
 * Starts auth and storage on the local tables and folder. `close` ends their database connections. Throws
 * when the database cannot be reached.
 */
export async function startSupabase(
  settings: SupabaseSettings,
): Promise<{ services: Service[]; close: () => Promise<void> }> {
  const pool = await openPool(settings.DATABASE_URL)
  const keys = { publishableKey: settings.SUPABASE_PUBLISHABLE_KEY, secretKey: settings.SUPABASE_SECRET_KEY }
  const passwords = createPasswords()
  const accessTokens = await createAccessTokens({
    privateJwk: settings.SELAH_AUTH_JWK,
    issuer: `${settings.SUPABASE_URL.replace(/\/+$/, '')}/auth/v1`,
    lifeSeconds: settings.SELAH_AUTH_TOKEN_SECONDS,
  })
  const mail = findMailSettings(settings)
  const auth = handleAuth({
    pool,
    keys,
    passwords,
    accessTokens,
    limits: settings.SELAH_AUTH_RATE_LIMITS === 'on' ? createRateLimits() : noRateLimits,
    siteUrl: settings.SITE_URL ?? settings.SUPABASE_URL,
    sendsEmails: mail !== undefined,
    signUp: settings.SELAH_AUTH_SIGNUP ?? (mail === undefined ? 'off' : 'link'),
    reuseSeconds: settings.SELAH_AUTH_REUSE_SECONDS,
  })

  const storage: StorageContext = {
    pool,
    keys,
    files: await openObjectFiles(settings.SELAH_STORAGE_DIR),
    disk: watchDiskSpace(settings.SELAH_STORAGE_DIR, {
      reserveBytes: settings.SELAH_DISK_RESERVE_MB * 1024 * 1024,
    }),
    objects: createObjectCache(pool),
    tokens: createSignedTokens(settings.SELAH_STORAGE_JWT_SECRET),
    checkUserToken: (token) => accessTokens.verify(token),
    maxObjectBytes: Math.floor(settings.SELAH_MAX_UPLOAD_MB * 1024 * 1024),
  }
  const uploads = createResumableUploads(storage, { lifeSeconds: settings.SELAH_UPLOAD_LIFE_SECONDS })
  await uploads.finishInterrupted()
  const cleanup = setInterval(() => {
    uploads.removeExpired().catch((error: unknown) => console.warn('Removing old uploads failed:', error))
    removeUnconfirmed(pool).catch((error: unknown) => console.warn('Removing accounts failed:', error))
  }, cleanupIntervalMs)
  cleanup.unref()
  const stopEmails = mail === undefined ? undefined : sendEmails(pool, mail)

  return {
    services: [
      { prefix: '/auth/v1', handle: auth },
      { prefix: '/storage/v1', handle: handleStorage(storage, uploads) },
    ],
    async close() {
      clearInterval(cleanup)
      await stopEmails?.()
      await passwords.close()
      await pool.end()
    },
  }
}

function findMailSettings({
  SMTP_URL: smtpUrl,
  SELAH_MAIL_FROM: from,
}: SupabaseSettings): MailSettings | undefined {
  return smtpUrl !== undefined && from !== undefined ? { smtpUrl, from } : undefined
}

async function openPool(connectionString: string): Promise<pg.Pool> {
  const pool = new pg.Pool({
    connectionString,
    max: 6,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 20_000,
  })
  pool.on('error', (error) => console.warn(`A database connection was lost: ${error.message}`))
  // An error event without a listener would end the process. The next query on the connection rejects with
  // the reason.
  pool.on('connect', (client) => client.on('error', () => undefined))
  await pool.query('select 1 from auth.users limit 1')
  return pool
}
