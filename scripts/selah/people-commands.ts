import { z } from 'zod'
import { createPasswordLink } from '#lib/auth/create-password-link.ts'
import { createServiceClient } from '#lib/auth/create-service-client.ts'
import { clearSecondFactor } from '#lib/auth/second-factor.ts'
import { connectDatabase } from '#lib/db/connect-database.ts'
import type { Api } from './connect-api.ts'
import { readRuntime } from './connect-api.ts'

const invitedSchema = z.object({ link: z.string() }).loose()
const tokenSchema = z.object({ token: z.string(), scope: z.string(), expiresAt: z.string() }).loose()
const tokensSchema = z.object({
  tokens: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      owner: z.string(),
      scope: z.string(),
      hint: z.string(),
      lastUsedAt: z.string().nullable(),
      expiresAt: z.string().nullable(),
    }),
  ),
})
const dayMs = 24 * 60 * 60 * 1000
const keysSchema = z.object({
  databaseUrl: z.string(),
  siteUrl: z.url(),
  supabaseUrl: z.url(),
  secretKey: z.string(),
})

interface Cli {
  rest: readonly string[]
  values: {
    role?: string | undefined
    scope?: string | undefined
    days?: string | undefined
    'second-factor': boolean
  }
  withApi<Result>(use: (api: Api) => Promise<Result>): Promise<Result>
  print(value: unknown, human: string): void
  required(value: string | undefined, what: string): string
}

/** The commands for members and their passwords. */
export function peopleCommands({
  rest,
  values,
  withApi,
  print,
  required,
}: Cli): Record<string, () => Promise<void>> {
  return {
    async users() {
      if (rest[0] !== 'invite') throw new Error('Usage: users invite <email> --role owner, editor or viewer.')
      const body = { email: required(rest[1], 'The email address'), role: values.role ?? 'editor' }
      const invited = invitedSchema.parse(
        await withApi((api) => api.request('POST', '/api/v1/members', body)),
      )
      print(invited, `Give this link to ${body.email}. It works once:\n${invited.link}`)
    },

    async tokens() {
      const [action, given] = rest
      if (action === undefined || action === 'list') {
        const found = tokensSchema.parse(await withApi((api) => api.request('GET', '/api/v1/tokens')))
        const lines = found.tokens.map(
          ({ id, name, owner, scope, hint, lastUsedAt, expiresAt }) =>
            `${id}  …${hint}  ${scope.padEnd(7)}  ${name} (${owner}), last used ${lastUsedAt ?? 'never'}, ` +
            `expires ${expiresAt ?? 'never'}`,
        )
        print(found, lines.join('\n') || 'There are no tokens.')
      } else if (action === 'create') {
        const days = values.days === undefined ? undefined : Number(values.days)
        if (days !== undefined && !(days > 0)) throw new Error('Use --days with a number of days.')
        const body = {
          name: required(given, 'The name of the token'),
          scope: values.scope ?? 'write',
          ...(days === undefined ? {} : { expiresAt: new Date(Date.now() + days * dayMs).toISOString() }),
        }
        const created = tokenSchema.parse(await withApi((api) => api.request('POST', '/api/v1/tokens', body)))
        print(
          created,
          `${created.token}\nIt may ${created.scope} and expires ${created.expiresAt}. It is shown only once.`,
        )
      } else if (action === 'revoke') {
        const id = required(given, 'The id of the token')
        await withApi((api) => api.request('DELETE', `/api/v1/tokens/${encodeURIComponent(id)}`))
        print({ id, revoked: true }, 'The token no longer works.')
      } else throw new Error('Use: tokens list, tokens create <name> or tokens revoke <id>.')
    },

    /** Needs no sign-in, because a user who can read the data folder has all its secrets. */
    async 'reset-password'() {
      const email = required(rest[0], 'The email address')
      const keys = keysSchema.safeParse(await readRuntime())
      if (!keys.success)
        throw new Error('Selah is not running here. Start it, or set SELAH_DATA_DIR to its folder.')
      const { siteUrl, databaseUrl, ...connection } = keys.data
      if (values['second-factor']) await turnOff(databaseUrl, email)
      const { link } = await createPasswordLink(
        { supabase: createServiceClient(connection), siteUrl },
        { email, kind: 'recovery' },
      )
      print({ link }, `Open this link to choose a new password for ${email}. It works once:\n${link}`)
    },
  }
}

async function turnOff(databaseUrl: string, email: string): Promise<void> {
  const { db, close } = connectDatabase(databaseUrl, { maxConnections: 1 })
  try {
    await clearSecondFactor({ db }, { email })
  } finally {
    await close()
  }
}
