import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { listTrashedSermons } from '#lib/sermons/list-sermons.ts'
import { cursorQuery } from '#lib/sermons/page-cursor.ts'
import { toApiSermon } from '#lib/sermons/to-api-sermon.ts'

const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: cursorQuery('time').optional(),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/trash', {
  /** The sermons in the trash of the caller's church, most recently removed first. */
  GET: route({ access: 'viewer', query: listQuery }, async ({ services, member, query }) => {
    const page = await listTrashedSermons(services, { churchId: member.churchId, ...query })
    return {
      sermons: page.sermons.map((sermon) => toApiSermon(sermon, services.env.SITE_URL)),
      next: page.next,
    }
  }),
})
