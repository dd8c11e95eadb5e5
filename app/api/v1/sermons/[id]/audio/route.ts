import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { findVisibleSermon } from '#lib/sermons/find-sermon.ts'
import { readDownload } from '#lib/sermons/read-renditions.ts'
import { redirectToObject } from '#lib/storage/redirect-to-object.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/[id]/audio', {
  /** Redirects to the sermon's .m4a file. */
  GET: route({ access: 'public', params: sermonParams }, async ({ services, request, actor, params }) => {
    await limitRequest(services, 'download', findCaller(actor, request.headers))
    const sermon = await findVisibleSermon(services, { id: params.id, actor })
    const { bucket, path } = await readDownload(services, { sermonId: sermon.id, kind: 'download' })
    return redirectToObject(services, { bucket, path, downloadName: `${sermon.slug}.m4a` })
  }),
})
