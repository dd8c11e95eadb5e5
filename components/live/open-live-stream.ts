const FIRST_RETRY_MS = 2000
const LONGEST_RETRY_MS = 20_000

export interface LiveStream {
  /** Which of the stream's events are wanted. */
  event: string
  onEvent(data: string): void
  /** The stream is there again after it was away; for what may have happened meanwhile. */
  onReturn?(): void
  /** The server answered with an error instead of a stream: it starts again, or one may not watch any more. */
  onRefused?(): void
  /** Whether the server can be reached, whenever that changes. */
  onConnection?(isConnected: boolean): void
}

/**
 * Server-sent events from `url` for as long as somebody looks at the page: a browser opens only six
 * connections to a server, and forgotten tabs would take them all. A stream that breaks is opened again.
 * Returns how to close it.
 */
export function openLiveStream(
  url: string,
  { event, onEvent, onReturn, onRefused, onConnection }: LiveStream,
): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let delayMs = FIRST_RETRY_MS
  let wasAway = false
  const closed = new AbortController()

  const open = () => {
    const opened = new EventSource(url)
    source = opened
    opened.addEventListener('open', () => {
      delayMs = FIRST_RETRY_MS
      onConnection?.(true)
      if (wasAway) onReturn?.()
      wasAway = false
    })
    opened.addEventListener(event, (message) => onEvent(message.data))
    opened.addEventListener('error', () => {
      wasAway = true
      onConnection?.(false)
      // A server that answers with an error ends the stream for good.
      if (opened.readyState !== EventSource.CLOSED) return
      onRefused?.()
      timer = setTimeout(open, delayMs)
      delayMs = Math.min(delayMs * 2, LONGEST_RETRY_MS)
    })
  }
  const leave = () => {
    clearTimeout(timer)
    source?.close()
    source = null
  }
  const look = () => {
    if (document.visibilityState === 'visible') {
      if (!source) open()
      return
    }
    leave()
    wasAway = true
    onConnection?.(false)
  }
  document.addEventListener('visibilitychange', look, { signal: closed.signal })
  look()
  return () => {
    closed.abort()
    leave()
  }
}
