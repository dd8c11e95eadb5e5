import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { renderClipCaptions } from '#lib/clips/render-clip-captions.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'

const params = z.object({ id: z.uuid() })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/clips/[id]/captions.vtt', {
  GET: route({ access: 'public', params }, async ({ services, request, actor, params }) => {
    await limitRequest(services, 'feed', findCaller(actor, request.headers))
    const vtt = await renderClipCaptions(services, { id: params.id, actor })
    return new Response(vtt, { headers: { 'content-type': 'text/vtt; charset=utf-8' } })
  }),
})
