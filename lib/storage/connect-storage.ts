import { createClient, type SupabaseClient } from '@supabase/supabase-js'

export interface StorageConnection {
  client: SupabaseClient['storage']
  /** The address of storage for this process. */
  supabaseUrl: string
  /** The address of storage for browsers: an origin, or `/` for the origin of the page. */
  publicUrl: string
  publishableKey: string
  secretKey: string
  /** Signed URLs in use, so that an object keeps the same URL for a while and caches can work. */
  signedUrls: Map<string, { url: string; reuseUntilMs: number }>
}

/**
 * Creates the client of storage. It connects when a storage function is called. Server only: it contains the secret
 * key.
 */
export function connectStorage(options: {
  supabaseUrl: string
  publicUrl?: string | undefined
  publishableKey: string
  secretKey: string
}): StorageConnection {
  const supabase = createClient(options.supabaseUrl, options.secretKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  })
  return {
    client: supabase.storage,
    supabaseUrl: options.supabaseUrl,
    publicUrl: options.publicUrl ?? options.supabaseUrl,
    publishableKey: options.publishableKey,
    secretKey: options.secretKey,
    signedUrls: new Map(),
  }
}
