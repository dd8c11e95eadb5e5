import { z } from 'zod'
import { jobWatcher } from '#app/_server/job-watcher.ts'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonWatcher } from '#app/_server/sermon-watcher.ts'
import { isMember } from '#lib/auth/actor.ts'
import { keepsAccess } from '#lib/auth/keeps-access.ts'
import { AppError } from '#lib/errors.ts'
import { streamEvents } from '#lib/http/stream-events.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { findVisibleSermon } from '#lib/sermons/find-sermon.ts'

const query = z.union([
  z.object({ sermon: z.uuid() }),
  z.object({ scope: z.enum(['church', 'jobs']), church: z.uuid().optional() }),
])

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/live', {
  /**
   * Server-sent events, while the caller keeps access. `event: sermon` with a SermonView when the requested sermon changes, or
   * with `scope=church` any sermon of the caller's churches. With `scope=jobs`, `event: jobs` when the work of one of the
   * caller's churches changes (null: possibly of any), not what changed. `church` limits both scopes to one church.
   */
  GET: route({ access: 'public', query }, async ({ services, actor, query: wanted, request }) => {
    const caller = findCaller(actor, request.headers)
    await limitRequest(services, 'live', caller)
    const opened = { request, caller, isAllowed: actor && (() => keepsAccess(services, actor)) }
    if ('sermon' in wanted) {
      const sermon = await findVisibleSermon(services, { id: wanted.sermon, actor })
      return streamEvents(opened, ({ send }) => {
        send('sermon', sermon)
        return sermonWatcher().subscribe((changed) => {
          const isVisible = changed.publication === 'published' || isMember(actor, changed.churchId)
          if (changed.id === sermon.id && isVisible) send('sermon', changed)
        })
      })
    }
    if (!actor) throw new AppError('not_signed_in', 'Sign in to follow changes.')
    const isWanted = (churchId: string) =>
      isMember(actor, churchId) && (wanted.church === undefined || churchId === wanted.church)
    if (wanted.scope === 'church') {
      return streamEvents(opened, ({ send }) =>
        sermonWatcher().subscribe((changed) => {
          if (isWanted(changed.churchId)) send('sermon', changed)
        }),
      )
    }
    return streamEvents(opened, ({ send, end }) => {
      // A change may have happened between reading the page and subscribing.
      send('jobs', { churchId: null })
      return jobWatcher().subscribe({
        onChange: (churchId) => {
          if (churchId === null || isWanted(churchId)) send('jobs', { churchId })
        },
        // Without the database a refreshed page would be an error. Without a stream the page does not change.
        onLost: end,
      })
    })
  }),
})
