import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { renameCollection } from '#lib/sermons/collections.ts'
import { sermonTextLimits } from '#lib/sermons/sermon-text-limits.ts'
import { textLine } from '#lib/text/text-input.ts'

const bodySchema = z.object({
  name: textLine({ name: 'name', max: sermonTextLimits.speaker, required: 'Give a name.' }),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/speakers/[id]', {
  PATCH: route(
    { access: 'editor', params: sermonParams, body: bodySchema },
    async ({ services, member: { churchId, actor }, params: { id }, body: { name } }) => {
      await renameCollection(services, { kind: 'speaker', churchId, id, name, actorId: actor.userId })
      return new Response(null, { status: 204 })
    },
  ),
})
