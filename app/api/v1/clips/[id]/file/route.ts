import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { readClipFile } from '#lib/clips/read-clip-file.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { redirectToObject } from '#lib/storage/redirect-to-object.ts'

const params = z.object({ id: z.uuid() })
const query = z.object({ download: z.enum(['1']).optional() })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/clips/[id]/file', {
  /** Access is checked for each request, so a clip stops with its sermon. */
  GET: route({ access: 'public', params, query }, async ({ services, request, actor, params, query }) => {
    await limitRequest(services, 'download', findCaller(actor, request.headers))
    const { bucket, path, fileName } = await readClipFile(services, { id: params.id, actor })
    return redirectToObject(services, { bucket, path, ...(query.download && { downloadName: fileName }) })
  }),
})
