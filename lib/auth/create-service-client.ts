import { createClient, type SupabaseClient } from '@supabase/supabase-js'

export type ServiceClient = SupabaseClient

/**
 * A Supabase client that acts as the service itself: all rights, no user, no state between calls.
 * Server only. Never sign a user in with it, because it would then act as that user.
 */
export function createServiceClient(options: { supabaseUrl: string; secretKey: string }): ServiceClient {
  return createClient(options.supabaseUrl, options.secretKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  })
}
