import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sweepOrphans } from '#lib/recovery/sweep-orphans.ts'
import { textKey } from '#lib/text/text-input.ts'

const cursor = textKey({ name: 'cursor', max: 5000 }).optional()
const query = z.object({ cursor })
const body = z.object({ cursor })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/orphans', {
  /** One page of the stored objects of the church that no row names; changes nothing. */
  GET: route({ access: 'owner', query }, async ({ services, member, query: wanted }) =>
    sweepOrphans(
      { ...services, now: () => new Date() },
      { churchId: member.churchId, cursor: wanted.cursor ?? null, remove: null },
    ),
  ),
  /** Removes the orphans of one page. */
  POST: route({ access: 'owner', body }, async ({ services, member, body: wanted }) =>
    sweepOrphans(
      { ...services, now: () => new Date() },
      {
        churchId: member.churchId,
        cursor: wanted.cursor ?? null,
        remove: { actorId: member.actor.userId },
      },
    ),
  ),
})
