import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { listApiTokens, mintApiToken, newTokenSchema } from '#lib/auth/api-tokens.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/tokens', {
  GET: route({ access: 'editor' }, async ({ services, member }) => ({
    tokens: await listApiTokens(services, member),
  })),
  /** Creates a token. Only this response contains it. */
  POST: route(
    { access: 'editor', recentSignIn: true, body: newTokenSchema },
    async ({ services, member, body }) => {
      const { name, scope, expiresAt } = body
      const created = await mintApiToken(services, member, {
        name,
        scope,
        expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
      })
      return Response.json(created, { status: 201 })
    },
  ),
})
