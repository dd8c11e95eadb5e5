import { requireListener } from '#app/_server/require-listener.ts'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { exportListener } from '#lib/listening/export-listener.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/me/export', {
  /** Everything that is stored about the signed-in listener. */
  GET: route({ access: 'public' }, async ({ services, request, actor }) => {
    const listener = requireListener(actor)
    await limitRequest(services, 'library', findCaller(listener, request.headers))
    const file = JSON.stringify(await exportListener(services, { actor: listener }), null, 2)
    return new Response(`${file}\n`, {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="selah-account.json"',
      },
    })
  }),
})
