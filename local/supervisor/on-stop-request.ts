const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** One Ctrl-C arrives several times: from the terminal and from each parent process that forwards it. */
const sameRequestMs = 1_500
const parentPollMs = 500

/**
 * Calls `stop` once when this process must stop: on a signal, or when its parent has ended.
 * A second Ctrl-C after `sameRequestMs` ends this process immediately; the services exit when they notice.
 */
export function onStopRequest(stop: (reason: string) => void): void {
  let requestedMs: number | undefined
  const request = (reason: string) => {
    if (requestedMs === undefined) {
      requestedMs = Date.now()
      stop(reason)
    } else if (reason === 'SIGINT' && Date.now() - requestedMs > sameRequestMs) {
      process.exit(130)
    }
  }
  for (const signal of signals) process.on(signal, () => request(signal))
  process.on('disconnect', () => request('parent ended'))

  const parentPid = process.ppid
  setInterval(() => {
    if (process.ppid !== parentPid) request('parent ended')
  }, parentPollMs).unref()
}
