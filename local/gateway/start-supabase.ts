import pg from 'pg'
import { createAccessTokens } from '../auth/access-tokens.ts'
import { handleAuth } from '../auth/handle-auth.ts'
import { createRateLimits, noRateLimits } from '../auth/limit-rate.ts'
import { createPasswords } from '../auth/passwords.ts'
import { handleStorage } from '../storage/handle-storage.ts'
import { openObjectFiles } from '../storage/object-files.ts'
import { rememberObjects } from '../storage/remember-objects.ts'
import { createResumableUploads } from '../storage/resumable-uploads.ts'
import { createSignedTokens } from '../storage/signed-tokens.ts'
import type { StorageContext } from '../storage/storage-context.ts'
import type { ServiceHandler } from './create-front-door.ts'
import type { SupabaseSettings } from './settings.ts'

const cleaningEveryMs = 10 * 60 * 1000

/** Auth and Storage in this process, on our own tables and folder. Throws when the database is not there. */
export async function startSupabase(
  settings: SupabaseSettings,
): Promise<{ services: { prefix: string; handle: ServiceHandler }[]; close: () => Promise<void> }> {
  const pool = new pg.Pool({
    connectionString: settings.DATABASE_URL,
    max: 6,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 20_000,
  })
  pool.on('error', (error) => console.warn(`A database connection was lost: ${error.message}`))
  // Taken out of the pool, a connection has nobody else to tell; its next query rejects with the reason.
  pool.on('connect', (client) => client.on('error', () => undefined))
  await pool.query('select 1 from auth.users limit 1')

  const keys = { publishableKey: settings.SUPABASE_PUBLISHABLE_KEY, secretKey: settings.SUPABASE_SECRET_KEY }
  const passwords = createPasswords()
  const accessTokens = await createAccessTokens({
    privateJwk: settings.authJwk,
    issuer: `${settings.SUPABASE_URL.replace(/\/+$/, '')}/auth/v1`,
    lifeSeconds: settings.SELAH_AUTH_TOKEN_SECONDS,
  })
  const auth = handleAuth({
    pool,
    keys,
    passwords,
    accessTokens,
    limits: settings.SELAH_AUTH_RATE_LIMITS === 'on' ? createRateLimits() : noRateLimits,
    siteUrl: settings.siteUrl,
    signUp: settings.SELAH_AUTH_SIGNUP,
    reuseSeconds: settings.SELAH_AUTH_REUSE_SECONDS,
  })

  const storage: StorageContext = {
    pool,
    keys,
    files: await openObjectFiles(settings.SELAH_STORAGE_DIR),
    objects: rememberObjects(pool),
    tokens: createSignedTokens(settings.SELAH_STORAGE_JWT_SECRET),
    checkUserToken: (token) => accessTokens.verify(token),
    maxObjectBytes: Math.floor(settings.SELAH_MAX_UPLOAD_MB * 1024 * 1024),
  }
  const uploads = createResumableUploads(storage, { lifeSeconds: settings.SELAH_UPLOAD_LIFE_SECONDS })
  await uploads.finishInterrupted()
  const cleaning = setInterval(() => {
    uploads.removeExpired().catch((error: unknown) => console.warn('Clearing old uploads failed:', error))
  }, cleaningEveryMs)
  cleaning.unref()

  return {
    services: [
      { prefix: '/auth/v1', handle: auth },
      { prefix: '/storage/v1', handle: handleStorage(storage, uploads) },
    ],
    async close() {
      clearInterval(cleaning)
      await passwords.close()
      await pool.end()
    },
  }
}
