import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { cutInputSchema } from '#lib/cuts/cut-input.ts'
import { readCut } from '#lib/cuts/read-cut.ts'
import { requestCut, undoCut } from '#lib/cuts/request-cut.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/[id]/cut', {
  /** Which part of the uploaded recording is published, requested and proposed. */
  GET: route({ access: 'viewer', params: sermonParams }, async ({ services, member, params }) => {
    await findChurchSermon(services, { id: params.id, churchId: member.churchId })
    return readCut(services, { sermonId: params.id })
  }),
  /** Publishes only this part, as soon as it is prepared. */
  PUT: route(
    { access: 'editor', params: sermonParams, body: cutInputSchema },
    async ({ services, request, member, params, body }) => {
      await limitRequest(services, 'cut', findCaller(member.actor, request.headers))
      const target = { sermonId: params.id, churchId: member.churchId, actorId: member.actor.userId }
      await requestCut(services, target, body)
      return Response.json(await readCut(services, { sermonId: params.id }), { status: 202 })
    },
  ),
  /** Publishes the whole recording again. */
  DELETE: route({ access: 'editor', params: sermonParams }, async ({ services, request, member, params }) => {
    await limitRequest(services, 'cut', findCaller(member.actor, request.headers))
    const target = { sermonId: params.id, churchId: member.churchId, actorId: member.actor.userId }
    await undoCut(services, target)
    return readCut(services, { sermonId: params.id })
  }),
})
