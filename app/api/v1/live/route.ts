import { z } from 'zod'
import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { sermonWatcher } from '#app/_server/sermon-watcher.ts'
import { isMember } from '#lib/auth/actor.ts'
import { AppError } from '#lib/errors.ts'
import { findVisibleSermon } from '#lib/sermons/find-sermon.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

const HEARTBEAT_MS = 15_000
/** Streams end by themselves so that a lost membership or an idle tab does not watch for ever. */
const MAX_STREAM_MS = 5 * 60_000

const query = z.union([z.object({ sermon: z.uuid() }), z.object({ scope: z.literal('church') })])

/** Server-sent events: `event: sermon` with a SermonView whenever one changes. */
export const GET = route({ access: 'public', query }, async ({ services, actor, query: wanted, request }) => {
  const current: SermonView[] = []
  let wants: (sermon: SermonView) => boolean
  if ('sermon' in wanted) {
    const sermon = await findVisibleSermon(services, { id: wanted.sermon, actor })
    current.push(sermon)
    wants = (changed) =>
      changed.id === sermon.id && (changed.publication === 'published' || isMember(actor, changed.churchId))
  } else {
    if (!actor) throw new AppError('not_signed_in', 'Sign in to see your sermons change.')
    wants = (changed) => isMember(actor, changed.churchId)
  }
  const encoder = new TextEncoder()
  const stop = new AbortController()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text))
      const sendSermon = (sermon: SermonView) => send(`event: sermon\ndata: ${JSON.stringify(sermon)}\n\n`)
      const unsubscribe = sermonWatcher().subscribe((sermon) => {
        if (wants(sermon)) sendSermon(sermon)
      })
      const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS)
      const ending = setTimeout(() => stop.abort(), MAX_STREAM_MS)
      stop.signal.addEventListener('abort', () => {
        unsubscribe()
        clearInterval(heartbeat)
        clearTimeout(ending)
        controller.close()
      })
      request.signal.addEventListener('abort', () => stop.abort())
      send('retry: 2000\n\n')
      for (const sermon of current) sendSermon(sermon)
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
})

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseOthers('GET')
