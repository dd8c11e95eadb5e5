import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { isEditor } from '#lib/auth/actor.ts'
import { clipInput } from '#lib/clips/clip-input.ts'
import { findVisibleClip, listClips } from '#lib/clips/find-clip.ts'
import { requestClip } from '#lib/clips/request-clip.ts'
import { toApiClip } from '#lib/clips/to-api-clip.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { findVisibleSermon } from '#lib/sermons/find-sermon.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/[id]/clips', {
  GET: route({ access: 'public', params: sermonParams }, async ({ services, request, actor, params }) => {
    await limitRequest(services, 'feed', findCaller(actor, request.headers))
    const sermon = await findVisibleSermon(services, { id: params.id, actor })
    const listed = await listClips(services, { sermonId: sermon.id, actor })
    return {
      clips: listed.map((found) => toApiClip(found.clip, found)),
      mayMake: isEditor(actor, sermon.churchId) && sermon.facets.media.status === 'ready',
    }
  }),
  POST: route(
    { access: 'editor', params: sermonParams, body: clipInput },
    async ({ services, request, member, params, body }) => {
      await limitRequest(services, 'clip', findCaller(member.actor, request.headers))
      const { id } = await requestClip(services, {
        sermonId: params.id,
        churchId: member.churchId,
        actorId: member.actor.userId,
        span: { startMs: body.start, endMs: body.end },
        shape: body.shape,
      })
      const found = await findVisibleClip(services, { id, actor: member.actor })
      return Response.json(toApiClip(found.clip, found), { status: 202 })
    },
  ),
})
