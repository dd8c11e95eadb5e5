import { AppError } from '#lib/errors.ts'

const HEARTBEAT_MS = 15_000
/** Streams end after this time, so that a forgotten tab does not watch forever. */
const MAX_STREAM_MS = 5 * 60_000
/** How long the answer of `isAllowed` is good for. */
const ALLOWED_MS = 1_000

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
 *
 * `isAllowed` is asked again before an event and with each heartbeat, unless it was in the last second; the stream ends
 * when it says no or fails.
 */
export function streamEvents(
  {
    request,
    caller,
    isAllowed,
  }: {
    request: Request
    caller: { key: string; isShared: boolean }
    isAllowed?: (() => Promise<boolean>) | null
  },
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
      const writeAllowed = isAllowed ? checkBefore({ isAllowed, write, end }) : write
      const unsubscribe = subscribe({
        send: (event, data) => writeAllowed(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
        end,
      })
      const heartbeat = setInterval(() => writeAllowed(': heartbeat\n\n'), HEARTBEAT_MS)
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

/** Writes in order what the caller may still see. */
function checkBefore({
  isAllowed,
  write,
  end,
}: {
  isAllowed: () => Promise<boolean>
  write: (text: string) => void
  end: () => void
}): (text: string) => void {
  let allowedUntilMs = Date.now() + ALLOWED_MS
  const check = async () => {
    if (Date.now() < allowedUntilMs) return true
    const answer = await isAllowed()
    allowedUntilMs = Date.now() + ALLOWED_MS
    return answer
  }
  let written = Promise.resolve()
  return (text) => {
    written = written.then(async () => {
      // Whatever the reason of a failure is, a browser connects again and is told.
      if (await check().catch(() => false)) write(text)
      else end()
    })
  }
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
