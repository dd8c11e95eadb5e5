import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { limitSignIns } from '#lib/auth/limit-sign-ins.ts'
import { secondFactorCodeSchema } from '#lib/auth/second-factor.ts'
import { signInForToken } from '#lib/auth/sign-in-for-token.ts'
import { readClientKey } from '#lib/rate-limits/client-key.ts'
import { textKey, textLine } from '#lib/text/text-input.ts'

const bodySchema = z.object({
  email: z.email().max(254),
  password: textKey({ name: 'password', max: 200, required: 'Give a password.' }),
  code: secondFactorCodeSchema.optional(),
  name: textLine({ name: 'name', max: 80, required: 'Name the token.' }).default('Command line'),
  lifeSeconds: z
    .number()
    .int()
    .min(60)
    .max(90 * 24 * 3600)
    .default(3600),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/login', {
  /** Creates an API token from an email address and a password. */
  POST: route({ access: 'public', body: bodySchema }, async ({ services, request, body }) => {
    const made = await limitSignIns(
      services,
      { email: body.email, client: readClientKey(request.headers) },
      ({ isKnownClient }) => signInForToken(services, { ...body, isKnownClient }),
    )
    return Response.json(made, { status: 201 })
  }),
})
