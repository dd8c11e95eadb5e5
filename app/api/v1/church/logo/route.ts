import { z } from 'zod'
import { route, visitorRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { findChurchLogo, saveChurchLogo } from '#lib/churches/church-profile.ts'
import { answerWithTag } from '#lib/http/answer-with-tag.ts'
import { readBody } from '#lib/http/read-body.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'

const MAX_IMAGE_BYTES = 10 * 1024 * 1024

/** The version in the address is for caches only. */
const query = z.object({ church: z.uuid(), v: z.stringFormat('version', /^[0-9a-z]{1,12}$/).optional() })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/church/logo', {
  GET: visitorRoute({ query }, async ({ services, request, query: { church } }) => {
    await limitRequest(services, 'artwork', findCaller(null, request.headers))
    const { version, read } = await findChurchLogo(services, { churchId: church })
    return answerWithTag(request, {
      tag: `"${version}"`,
      body: read,
      contentType: 'image/png',
      cacheControl: 'public, max-age=3600',
    })
  }),
  /** The body is an image, which becomes the logo of the church. */
  PUT: route({ access: 'owner' }, async ({ services, request, member }) => {
    await limitRequest(services, 'artwork', findCaller(member.actor, request.headers))
    const image = await readBody(request, { maxBytes: MAX_IMAGE_BYTES })
    await saveChurchLogo(services, { churchId: member.churchId, actorId: member.actor.userId, image })
    return { saved: true }
  }),
  DELETE: route({ access: 'owner' }, async ({ services, member }) => {
    await saveChurchLogo(services, { churchId: member.churchId, actorId: member.actor.userId, image: null })
    return new Response(null, { status: 204 })
  }),
})
