import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { findChurchSermon, findVisibleSermon } from '#lib/sermons/find-sermon.ts'
import { listSuggestions } from '#lib/sermons/review-suggestions.ts'
import { suggestCorrection, suggestionSchema } from '#lib/sermons/suggest-correction.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/[id]/suggestions', {
  GET: route({ access: 'viewer', params: sermonParams }, async ({ services, member, params }) => {
    await findChurchSermon(services, { id: params.id, churchId: member.churchId })
    return { suggestions: await listSuggestions(services, { sermonId: params.id }) }
  }),
  /** Proposes a correction of a sermon that the caller can read. Nothing about the caller is stored. */
  POST: route(
    { access: 'public', params: sermonParams, body: suggestionSchema },
    async ({ services, request, actor, params, body }) => {
      await limitRequest(services, 'suggest', findCaller(actor, request.headers))
      const sermon = await findVisibleSermon(services, { id: params.id, actor })
      await suggestCorrection(services, sermon, body)
      return Response.json({ received: true }, { status: 202 })
    },
  ),
})
