import { z } from 'zod'
import { visitorRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { noteDownload } from '#lib/listening/downloads.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { findPublicSermon } from '#lib/sermons/find-public-sermon.ts'
import { readDownload } from '#lib/sermons/read-renditions.ts'
import { redirectToObject } from '#lib/storage/redirect-to-object.ts'

const params = z.object({
  file: z
    .stringFormat('file', /^[0-9a-f-]{36}\.(?:m4a|mp3)$/)
    .transform((file) => ({
      id: file.slice(0, -4),
      kind: file.endsWith('.mp3') ? ('podcast' as const) : ('download' as const),
    }))
    .refine(({ id }) => z.uuid().safeParse(id).success),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/feeds/audio/[file]', {
  /**
   * The audio of a published sermon at an address that never changes. HEAD is answered here; GET is redirected to
   * the stored file, which serves ranges. A request for the podcast file may count as a download.
   */
  GET: visitorRoute({ params }, async ({ services, request, params }) => {
    await limitRequest(services, 'download', findCaller(null, request.headers))
    const sermon = await findPublicSermon(services, { id: params.file.id })
    const { sizeBytes, contentType, ...file } = await readDownload(services, {
      sermonId: sermon.id,
      kind: params.file.kind,
    })
    if (request.method !== 'HEAD') {
      if (params.file.kind === 'podcast') {
        await noteDownload(
          { db: services.db, now: () => new Date() },
          { headers: request.headers, sermonId: sermon.id, sizeBytes, durationMs: sermon.durationMs },
        )
      }
      return redirectToObject(services, file)
    }
    return new Response(null, {
      headers: {
        'content-type': contentType,
        'content-length': String(sizeBytes),
        'accept-ranges': 'bytes',
        'cache-control': 'public, no-cache',
      },
    })
  }),
})
