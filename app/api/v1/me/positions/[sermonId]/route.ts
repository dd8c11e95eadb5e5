import { z } from 'zod'
import { requireListener } from '#app/_server/require-listener.ts'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { positionInput, savePosition } from '#lib/listening/positions.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/me/positions/[sermonId]', {
  /** Stores where the signed-in listener is. The latest moment of listening wins, whenever it arrives. */
  PUT: route(
    { access: 'public', params: z.object({ sermonId: z.uuid() }), body: positionInput },
    async ({ services, request, actor, params, body }) => {
      const listener = requireListener(actor)
      await limitRequest(services, 'position', findCaller(listener, request.headers))
      return savePosition(services, { actor: listener, sermonId: params.sermonId, input: body })
    },
  ),
})
