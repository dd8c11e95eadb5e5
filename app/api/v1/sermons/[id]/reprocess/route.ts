import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { reprocessSermon } from '#lib/sermons/reprocess-sermon.ts'
import { toApiSermon } from '#lib/sermons/to-api-sermon.ts'

const bodySchema = z.object({
  redo: z
    .array(z.enum(['media', 'transcript', 'index']))
    .max(3)
    .default([]),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/[id]/reprocess', {
  /** Processes the sermon again. Finished steps are kept unless named in `redo`. */
  POST: route(
    { access: 'editor', params: sermonParams, body: bodySchema },
    async ({ services, member, params, body }) => {
      const target = { sermonId: params.id, churchId: member.churchId }
      await reprocessSermon(services, { ...target, redo: body.redo })
      const sermon = await findChurchSermon(services, { id: params.id, churchId: member.churchId })
      return Response.json(toApiSermon(sermon, services.env.SITE_URL), { status: 202 })
    },
  ),
})
