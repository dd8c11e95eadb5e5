const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** One Ctrl-C arrives several times: from the terminal and from each process above that passes it on. */
const sameRequestMs = 1_500
const parentPollMs = 500

/**
 * Calls back once when we are asked to stop: by a signal, or by the death of the process that started us.
 * A second Ctrl-C after a moment ends this process at once; the services follow when they notice.
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
  process.on('disconnect', () => request('parent gone'))

  const parentPid = process.ppid
  setInterval(() => {
    if (process.ppid !== parentPid) request('parent gone')
  }, parentPollMs).unref()
}
