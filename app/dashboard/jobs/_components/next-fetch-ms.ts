/** The shortest time between two fetches while there are constant changes. */
const REST_MS = 500
/** A slow page is fetched less often: it waits this many times the duration of a fetch. */
const REST_SHARE = 4
/** Without reported changes; finds changes that the stream does not report, such as a paused queue. */
const QUIET_MS = 10_000
/** Changes come in bursts: after the first one this is the wait for the others. */
const GATHER_MS = 100

/** How long to wait before an operator's page is fetched again, from the last fetch and whether there is a change. */
export function nextFetchMs(
  last: { endedAtMs: number; tookMs: number },
  { hasNews, nowMs }: { hasNews: boolean; nowMs: number },
): number {
  if (!hasNews) return QUIET_MS
  const restMs = Math.min(QUIET_MS, Math.max(REST_MS, REST_SHARE * last.tookMs))
  return Math.max(GATHER_MS, last.endedAtMs + restMs - nowMs)
}
