const FIRST_RETRY_MS = 2000
const LONGEST_RETRY_MS = 20_000

export interface LiveStream {
  /** The events of the stream to report. */
  event: string
  onEvent(data: string): void
  /** The stream is open again after a gap, during which events may have been missed. */
  onReturn?(): void
  /** The server answered with an error instead of a stream: it is restarting, or access was lost. */
  onRefused?(): void
  /** Called when the server becomes reachable or unreachable. */
  onConnection?(isConnected: boolean): void
}

/**
 * Opens server-sent events from `url` while the page is visible: a browser opens only six connections to a server,
 * and hidden tabs would use them all. A stream that breaks is opened again. Returns a function that closes it.
 */
export function openLiveStream(
  url: string,
  { event, onEvent, onReturn, onRefused, onConnection }: LiveStream,
): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let delayMs = FIRST_RETRY_MS
  let hadGap = false
  const closed = new AbortController()

  const open = () => {
    const opened = new EventSource(url)
    source = opened
    opened.addEventListener('open', () => {
      delayMs = FIRST_RETRY_MS
      onConnection?.(true)
      if (hadGap) onReturn?.()
      hadGap = false
    })
    opened.addEventListener(event, (message) => onEvent(message.data))
    opened.addEventListener('error', () => {
      hadGap = true
      onConnection?.(false)
      // After an error answer the browser does not reconnect.
      if (opened.readyState !== EventSource.CLOSED) return
      onRefused?.()
      timer = setTimeout(open, delayMs)
      delayMs = Math.min(delayMs * 2, LONGEST_RETRY_MS)
    })
  }
  const close = () => {
    clearTimeout(timer)
    source?.close()
    source = null
  }
  const update = () => {
    if (document.visibilityState === 'visible') {
      if (!source) open()
      return
    }
    close()
    hadGap = true
    onConnection?.(false)
  }
  document.addEventListener('visibilitychange', update, { signal: closed.signal })
  update()
  return () => {
    closed.abort()
    close()
  }
}
