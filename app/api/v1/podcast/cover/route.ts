import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { savePodcastCover } from '#lib/feeds/save-podcast.ts'
import { readBody } from '#lib/http/read-body.ts'

const MAX_IMAGE_BYTES = 10 * 1024 * 1024

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/podcast/cover', {
  /** The body is a square image, which becomes the cover of the podcast. */
  PUT: route({ access: 'owner' }, async ({ services, request, member }) => {
    const image = await readBody(request, { maxBytes: MAX_IMAGE_BYTES })
    await savePodcastCover(services, { churchId: member.churchId, actorId: member.actor.userId, image })
    return { saved: true }
  }),
  /** Restores the generated cover. */
  DELETE: route({ access: 'owner' }, async ({ services, member }) => {
    await savePodcastCover(services, { churchId: member.churchId, actorId: member.actor.userId, image: null })
    return new Response(null, { status: 204 })
  }),
})
