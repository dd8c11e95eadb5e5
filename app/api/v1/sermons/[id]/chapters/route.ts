import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { chapterInputSchema, editChapters } from '#lib/chapters/edit-chapters.ts'
import { readEditableChapters } from '#lib/chapters/read-chapters.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/[id]/chapters', {
  /** The chapters that listeners see, and those that were detected. */
  GET: route({ access: 'viewer', params: sermonParams }, async ({ services, member, params }) => {
    await findChurchSermon(services, { id: params.id, churchId: member.churchId })
    return readEditableChapters(services, { sermonId: params.id })
  }),
  PUT: route(
    { access: 'editor', params: sermonParams, body: chapterInputSchema },
    async ({ services, member, params, body }) =>
      editChapters(services, { sermonId: params.id, churchId: member.churchId }, body),
  ),
})
