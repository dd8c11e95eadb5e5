import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { readCut } from '#lib/cuts/read-cut.ts'
import { requestProposal } from '#lib/cuts/request-proposal.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/[id]/cut/proposal', {
  /** Requests that the sermon is found in the recording, once. */
  POST: route({ access: 'editor', params: sermonParams }, async ({ services, request, member, params }) => {
    await limitRequest(services, 'cut', findCaller(member.actor, request.headers))
    await findChurchSermon(services, { id: params.id, churchId: member.churchId })
    await requestProposal(services, { sermonId: params.id, churchId: member.churchId })
    return Response.json(await readCut(services, { sermonId: params.id }), { status: 202 })
  }),
})
