const HEARTBEAT_MS = 15_000
/** Streams end after this time, so that a removed member or a forgotten tab does not watch forever. */
const MAX_STREAM_MS = 5 * 60_000

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
}

export interface EventStream {
  /** Sends one event, `data` as JSON. */
  send(event: string, data: unknown): void
  /** Ends the stream; browsers then reconnect. */
  end(): void
}

/**
 * Answers with server-sent events until the client disconnects, the stream is ended or five minutes have passed.
 * `subscribe` gets the stream and returns how to unsubscribe. A HEAD request gets the headers only.
 */
export function streamEvents(request: Request, subscribe: (stream: EventStream) => () => void): Response {
  if (request.method === 'HEAD') return new Response(null, { headers })
  const encoder = new TextEncoder()
  const stop = new AbortController()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => {
        if (!stop.signal.aborted) controller.enqueue(encoder.encode(text))
      }
      const end = () => {
        // The client disconnected and has closed it already.
        if (stop.signal.aborted) return
        stop.abort()
        controller.close()
      }
      // A response to a client that disconnected before it began is neither read nor cancelled.
      if (request.signal.aborted) {
        end()
        return
      }
      request.signal.addEventListener('abort', end)
      write('retry: 2000\n\n')
      const unsubscribe = subscribe({
        send: (event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
        end,
      })
      const heartbeat = setInterval(() => write(': heartbeat\n\n'), HEARTBEAT_MS)
      const ending = setTimeout(end, MAX_STREAM_MS)
      const close = () => {
        unsubscribe()
        clearInterval(heartbeat)
        clearTimeout(ending)
      }
      if (stop.signal.aborted) close()
      else stop.signal.addEventListener('abort', close)
    },
    cancel: () => stop.abort(),
  })
  return new Response(body, { headers })
}
