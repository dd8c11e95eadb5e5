/** The `fetch` of the platform, or one with the same shape. */
export type Fetch = typeof globalThis.fetch

const TIMEOUT_MS = 15_000

/** A fetch that fails after 15 seconds without an answer. */
export const fetchWithTimeout: Fetch = (input, init) =>
  globalThis.fetch(input, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })

/** Why a request got no answer, in a sentence. */
export function describeFailedFetch(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'It does not answer in time.'
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
  return cause ? `Nothing answers there (${cause}).` : 'Nothing answers there.'
}

/** Whether an address can be reached only from this machine or its network. */
export function isPrivateAddress(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  return (
    !host.includes('.') ||
    /^(localhost|127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|\[)/.test(host) ||
    /\.(local|localhost|internal|lan|test)$/.test(host)
  )
}
