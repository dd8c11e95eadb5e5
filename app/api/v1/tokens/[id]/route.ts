import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { revokeApiToken } from '#lib/churches/api-tokens.ts'

const params = z.object({ id: z.uuid() })

export const DELETE = route({ access: 'editor', params }, async ({ services, member, params: { id } }) => {
  await revokeApiToken(services, { id, churchId: member.churchId })
  return new Response(null, { status: 204 })
})
