import { startTestGateway, type TestGateway } from '#harness/start-test-gateway.ts'

export interface SupabaseTarget {
  url: string
  publishableKey: string
  secretKey: string
  /** Undefined when a hosted project is tested. */
  local: TestGateway | undefined
  stop(): Promise<void>
}

/**
 * Starts the project that the contract tests: the local one by default, or a hosted test project if
 * `SELAH_CONTRACT_SUPABASE_URL`, `…_PUBLISHABLE_KEY` and `…_SECRET_KEY` are set.
 */
export async function startSupabaseTarget(environment: Record<string, string> = {}): Promise<SupabaseTarget> {
  const url = process.env.SELAH_CONTRACT_SUPABASE_URL
  const publishableKey = process.env.SELAH_CONTRACT_SUPABASE_PUBLISHABLE_KEY
  const secretKey = process.env.SELAH_CONTRACT_SUPABASE_SECRET_KEY
  if (url && publishableKey && secretKey) {
    return { url, publishableKey, secretKey, local: undefined, stop: async () => undefined }
  }
  const local = await startTestGateway({ environment })
  return {
    url: local.url,
    publishableKey: local.publishableKey,
    secretKey: local.secretKey,
    local,
    stop: () => local.stop(),
  }
}
