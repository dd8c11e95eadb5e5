const HEARTBEAT_MS = 15_000
/** Streams end by themselves so that a lost membership or a forgotten tab does not watch for ever. */
const MAX_STREAM_MS = 5 * 60_000

export type SendEvent = (event: string, data: unknown) => void

/**
 * Answers with server-sent events until the reader goes or five minutes have passed; browsers then ask
 * again. `subscribe` gets how to send one, `data` as JSON, and returns how to stop.
 */
export function streamEvents(request: Request, subscribe: (send: SendEvent) => () => void): Response {
  const encoder = new TextEncoder()
  const stop = new AbortController()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text))
      write('retry: 2000\n\n')
      const unsubscribe = subscribe((event, data) =>
        write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
      )
      const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
      const end = () => {
        // Who has gone already has closed it.
        if (stop.signal.aborted) return
        stop.abort()
        controller.close()
      }
      const ending = setTimeout(end, MAX_STREAM_MS)
      request.signal.addEventListener('abort', end)
      stop.signal.addEventListener('abort', () => {
        unsubscribe()
        clearInterval(heartbeat)
        clearTimeout(ending)
      })
    },
    cancel: () => stop.abort(),
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
