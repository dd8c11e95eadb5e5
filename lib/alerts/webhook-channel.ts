import type { AlertChannel } from '#lib/alerts/alert-channel.ts'

const TIMEOUT_MS = 10_000

/** Posts alerts as JSON. Only an answer of 200 to 299 counts; a redirect is not followed and is a failure. */
export function createWebhookChannel({ url, timeoutMs }: { url: string; timeoutMs?: number }): AlertChannel {
  return {
    channel: 'webhook',
    async send({ id, body }) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': id, 'user-agent': 'selah' },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs ?? TIMEOUT_MS),
      })
      // The body is not needed, and it may never end.
      await response.body?.cancel()
      if (!response.ok) throw new Error(`The webhook answered ${response.status}.`)
    },
  }
}
