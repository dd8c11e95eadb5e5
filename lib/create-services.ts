import { createServiceClient, type ServiceClient } from '#lib/auth/create-service-client.ts'
import { connectDatabase, type Database } from '#lib/db/connect-database.ts'
import type { Env } from '#lib/env.ts'
import { connectStorage, type StorageConnection } from '#lib/storage/connect-storage.ts'

/** The services that product code uses; created once per process at its edge and passed as the first argument. */
export interface Services {
  env: Env
  db: Database
  storage: StorageConnection
  /** Signed in with the secret key: server only. */
  supabase: ServiceClient
  close(): Promise<void>
}

/** Opens the services that the environment configures. Connections are opened on first use. */
export function createServices(env: Env): Services {
  const connection = connectDatabase(env.DATABASE_URL, { maxConnections: env.SELAH_DATABASE_POOL })
  return {
    env,
    db: connection.db,
    storage: connectStorage({
      supabaseUrl: env.SUPABASE_URL,
      publicUrl: env.SUPABASE_PUBLIC_URL,
      publishableKey: env.SUPABASE_PUBLISHABLE_KEY,
      secretKey: env.SUPABASE_SECRET_KEY,
    }),
    supabase: createServiceClient({ supabaseUrl: env.SUPABASE_URL, secretKey: env.SUPABASE_SECRET_KEY }),
    close: connection.close,
  }
}
