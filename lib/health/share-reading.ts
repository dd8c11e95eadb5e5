/**
 * Lets requests of the same moment share one reading: `read` is called again only when the last call began more than
 * `maxAgeMs` ago. Asking often then causes no further work.
 */
export function shareReading<Reading>(
  read: () => Promise<Reading>,
  { maxAgeMs, nowMs = () => performance.now() }: { maxAgeMs: number; nowMs?: () => number },
): () => Promise<Reading> {
  let last: { reading: Promise<Reading>; beganMs: number } | undefined
  return () => {
    if (!last || nowMs() - last.beganMs > maxAgeMs) last = { reading: read(), beganMs: nowMs() }
    return last.reading
  }
}
