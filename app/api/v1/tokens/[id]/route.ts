import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { revokeApiToken } from '#lib/auth/api-tokens.ts'

const params = z.object({ id: z.uuid() })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/tokens/[id]', {
  DELETE: route({ access: 'editor', params }, async ({ services, member, params: { id } }) => {
    await revokeApiToken(services, member, { id })
    return new Response(null, { status: 204 })
  }),
})
