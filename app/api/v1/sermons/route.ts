import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { createSermon } from '#lib/sermons/create-sermon.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { listChurchSermons, listPublishedSermons } from '#lib/sermons/list-sermons.ts'
import { cursorQuery } from '#lib/sermons/page-cursor.ts'
import { newSermonSchema } from '#lib/sermons/sermon-input.ts'
import { toApiSermon } from '#lib/sermons/to-api-sermon.ts'
import { textKey } from '#lib/text/text-input.ts'

const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: cursorQuery('newest', 'time').optional(),
  series: textKey({ name: 'series', max: 200 }).optional(),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons', {
  /** Published sermons for everyone; all sermons of the church for a member. Of a series only the published ones. */
  GET: route({ access: 'public', query: listQuery }, async ({ services, actor, query }) => {
    const { series, ...part } = query
    const churchId = series ? undefined : actor?.memberships[0]?.churchId
    const page = churchId
      ? await listChurchSermons(services, { churchId, ...part })
      : await listPublishedSermons(services, { seriesSlug: series, ...part })
    return {
      sermons: page.sermons.map((sermon) => toApiSermon(sermon, services.env.SITE_URL)),
      next: page.next,
    }
  }),
  /** Creates a draft and the permission to upload its recording. */
  POST: route({ access: 'editor', body: newSermonSchema }, async ({ services, member, body }) => {
    const { sermonId, upload } = await createSermon(services, {
      ...body,
      churchId: member.churchId,
      createdBy: member.actor.userId,
    })
    const sermon = await findChurchSermon(services, { id: sermonId, churchId: member.churchId })
    return Response.json({ sermon: toApiSermon(sermon, services.env.SITE_URL), upload }, { status: 201 })
  }),
})
