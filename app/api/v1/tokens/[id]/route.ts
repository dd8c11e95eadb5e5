import { z } from 'zod'
import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { revokeApiToken } from '#lib/churches/api-tokens.ts'

const params = z.object({ id: z.uuid() })

export const DELETE = route({ access: 'editor', params }, async ({ services, member, params: { id } }) => {
  await revokeApiToken(services, { id, churchId: member.churchId })
  return new Response(null, { status: 204 })
})

export const { GET, OPTIONS, PATCH, POST, PUT } = refuseOthers('DELETE')
