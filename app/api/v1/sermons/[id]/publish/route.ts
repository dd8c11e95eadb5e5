import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { momentInput } from '#lib/dates/date-input.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { publishSermon, schedulePublication } from '#lib/sermons/publish-sermon.ts'
import { toApiSermon } from '#lib/sermons/to-api-sermon.ts'

const bodySchema = z.object({
  at: momentInput.optional(),
  onlyIfPlayable: z.boolean().default(false),
  onlyIfConfirmed: z.boolean().default(false),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/[id]/publish', {
  /**
   * Publishes now, or with `at` at a later time. With `onlyIfPlayable` it refuses a sermon without audio, and with
   * `onlyIfConfirmed` one whose recording has a warning that no user has confirmed.
   */
  POST: route(
    { access: 'editor', params: sermonParams, body: bodySchema },
    async ({ services, member, params, body: { at, onlyIfPlayable, onlyIfConfirmed } }) => {
      const onWarning = onlyIfConfirmed ? ('refuse' as const) : ('confirm' as const)
      const target = { sermonId: params.id, churchId: member.churchId, onWarning }
      await (at
        ? schedulePublication({ ...services, now: () => new Date() }, { ...target, publishAt: new Date(at) })
        : publishSermon(services, { ...target, onlyIfPlayable }))
      const sermon = await findChurchSermon(services, { id: params.id, churchId: member.churchId })
      return toApiSermon(sermon, services.env.SITE_URL)
    },
  ),
})
