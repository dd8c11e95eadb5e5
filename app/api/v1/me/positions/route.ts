import { requireListener } from '#app/_server/require-listener.ts'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { listPositions } from '#lib/listening/positions.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/me/positions', {
  /** Where the signed-in listener is in each sermon, the latest listening first. */
  GET: route({ access: 'public' }, async ({ services, actor }) => ({
    positions: await listPositions(services, { actor: requireListener(actor) }),
  })),
})
