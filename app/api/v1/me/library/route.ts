import { requireListener } from '#app/_server/require-listener.ts'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import {
  type ApiLibrary,
  libraryInputSchema,
  libraryVersion,
  readLibrary,
  saveLibrary,
} from '#lib/listening/library.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'

const answer = (library: ApiLibrary, etag: string) => Response.json(library, { headers: { etag } })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/me/library', {
  /** What the signed-in listener keeps. */
  GET: route({ access: 'public' }, async ({ services, request, actor }) => {
    const listener = requireListener(actor)
    await limitRequest(services, 'library', findCaller(listener, request.headers))
    const library = await readLibrary(services, { actor: listener })
    const etag = `"${libraryVersion(library)}"`
    return request.headers.get('if-none-match') === etag
      ? new Response(null, { status: 304, headers: { etag } })
      : answer(library, etag)
  }),

  /** Merges changes of a device. For each item the last change holds, whenever it arrives. */
  PUT: route({ access: 'public', body: libraryInputSchema }, async ({ services, request, actor, body }) => {
    const listener = requireListener(actor)
    await limitRequest(services, 'library', findCaller(listener, request.headers))
    const library = await saveLibrary(services, { actor: listener, input: body })
    return answer(library, `"${libraryVersion(library)}"`)
  }),
})
