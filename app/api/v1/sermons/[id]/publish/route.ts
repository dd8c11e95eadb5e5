import { z } from 'zod'
import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { publishSermon, schedulePublication } from '#lib/sermons/publish-sermon.ts'
import { toApiSermon } from '#lib/sermons/to-api-sermon.ts'

const bodySchema = z.object({ at: z.iso.datetime({ offset: true }).optional() })

/** Publishes now, or with `at` at a later time. */
export const POST = route(
  { access: 'editor', params: sermonParams, body: bodySchema },
  async ({ services, member, params, body }) => {
    const wanted = { sermonId: params.id, churchId: member.churchId }
    await (body.at
      ? schedulePublication(
          { ...services, now: () => new Date() },
          { ...wanted, publishAt: new Date(body.at) },
        )
      : publishSermon(services, wanted))
    const sermon = await findChurchSermon(services, { id: params.id, churchId: member.churchId })
    return toApiSermon(sermon, services.env.SITE_URL)
  },
)

export const { DELETE, GET, OPTIONS, PATCH, PUT } = refuseOthers('POST')
