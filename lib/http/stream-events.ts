import { AppError } from '#lib/errors.ts'

const HEARTBEAT_MS = 15_000
/** Streams end after this time, so that a removed member or a forgotten tab does not watch forever. */
const MAX_STREAM_MS = 5 * 60_000

/** The number of open streams of each caller in this process, and its limits. */
const open = new Map<string, number>()
const MAX_OPEN = 30
const MAX_OPEN_SHARED = 600

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
 * `subscribe` gets the stream and returns how to unsubscribe. A HEAD request gets the headers only. Throws
 * `rate_limited` when the caller has too many streams open.
 */
export function streamEvents(
  { request, caller }: { request: Request; caller: { key: string; isShared: boolean } },
  subscribe: (stream: EventStream) => () => void,
): Response {
  if (request.method === 'HEAD') return new Response(null, { headers })
  const release = reserveStream(caller)
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
        release()
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
      const endTimer = setTimeout(end, MAX_STREAM_MS)
      const close = () => {
        release()
        unsubscribe()
        clearInterval(heartbeat)
        clearTimeout(endTimer)
      }
      if (stop.signal.aborted) close()
      else stop.signal.addEventListener('abort', close)
    },
    cancel: () => stop.abort(),
  })
  return new Response(body, { headers })
}

function reserveStream({ key, isShared }: { key: string; isShared: boolean }): () => void {
  const count = open.get(key) ?? 0
  if (count >= (isShared ? MAX_OPEN_SHARED : MAX_OPEN)) {
    throw new AppError('rate_limited', 'Too many live pages at once. Close some of them.', {
      reason: 'live.too_many',
    })
  }
  open.set(key, count + 1)
  return () => {
    const left = (open.get(key) ?? 1) - 1
    if (left > 0) open.set(key, left)
    else open.delete(key)
  }
}
