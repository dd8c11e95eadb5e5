/** The shortest rest between two fetches while there is news all the time. */
const REST_MS = 500
/** A page that takes long is fetched more seldom: it rests this many times as long. */
const REST_SHARE = 4
/** Without news; finds what the stream does not tell of, such as a queue that was paused. */
const QUIET_MS = 10_000
/** News comes in bursts: the first of them waits this long for the others. */
const GATHER_MS = 100

/** How long to wait before an operator's page is fetched again, from the last fetch and whether there is news. */
export function nextFetchMs(
  last: { endedAtMs: number; tookMs: number },
  { hasNews, nowMs }: { hasNews: boolean; nowMs: number },
): number {
  if (!hasNews) return QUIET_MS
  const restMs = Math.min(QUIET_MS, Math.max(REST_MS, REST_SHARE * last.tookMs))
  return Math.max(GATHER_MS, last.endedAtMs + restMs - nowMs)
}
