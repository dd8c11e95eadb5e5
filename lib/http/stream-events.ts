const HEARTBEAT_MS = 15_000
/** Streams end by themselves so that a lost membership or a forgotten tab does not watch for ever. */
const MAX_STREAM_MS = 5 * 60_000

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
}

export interface EventStream {
  /** Sends one event, `data` as JSON. */
  send(event: string, data: unknown): void
  /** Ends the stream; browsers then ask again. */
  end(): void
}

/**
 * Answers with server-sent events until the reader goes, the stream is ended or five minutes have passed.
 * `subscribe` gets the stream and returns how to stop watching. A HEAD request is told the headers alone.
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
        // Who has gone already has closed it.
        if (stop.signal.aborted) return
        stop.abort()
        controller.close()
      }
      // Nobody reads, or cancels, an answer to somebody who had gone before it began.
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
      const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
      const ending = setTimeout(end, MAX_STREAM_MS)
      const tidy = () => {
        unsubscribe()
        clearInterval(heartbeat)
        clearTimeout(ending)
      }
      if (stop.signal.aborted) tidy()
      else stop.signal.addEventListener('abort', tidy)
    },
    cancel: () => stop.abort(),
  })
  return new Response(body, { headers })
}
