import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { createApiToken, listApiTokens } from '#lib/auth/api-tokens.ts'
import { textLine } from '#lib/text/text-input.ts'

const bodySchema = z.object({
  name: textLine({ name: 'name', max: 80, required: 'Give the token a name.' }),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/tokens', {
  GET: route({ access: 'editor' }, async ({ services, member }) => ({
    tokens: await listApiTokens(services, { churchId: member.churchId }),
  })),
  /** Creates a token. Only this response contains it. */
  POST: route({ access: 'editor', body: bodySchema }, async ({ services, member, body }) => {
    const created = await createApiToken(services, {
      churchId: member.churchId,
      userId: member.actor.userId,
      name: body.name,
      ...(body.expiresAt ? { expiresAt: new Date(body.expiresAt) } : {}),
    })
    return Response.json(created, { status: 201 })
  }),
})
