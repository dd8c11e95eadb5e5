import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { findWholeAudio } from '#lib/cuts/read-cut.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { redirectToObject } from '#lib/storage/redirect-to-object.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/[id]/cut/sound', {
  /** Redirects to the sound of the whole recording, also while only a part is published. */
  GET: route({ access: 'viewer', params: sermonParams }, async ({ services, member, params }) => {
    await findChurchSermon(services, { id: params.id, churchId: member.churchId })
    return redirectToObject(services, await findWholeAudio(services, { sermonId: params.id }))
  }),
})
