import type { IncomingMessage } from 'node:http'

/**
 * Reads and discards the rest of a refused request, so that a client that is still sending can read the
 * answer. Closes the connection after `limitMs`.
 */
export function drainRequest(req: IncomingMessage, limitMs = 10_000): void {
  if (req.complete || req.destroyed) return
  const cut = setTimeout(() => req.destroy(), limitMs)
  cut.unref()
  req.once('end', () => clearTimeout(cut))
  req.once('close', () => clearTimeout(cut))
  req.resume()
}
