import { z } from 'zod'
import { createPasswordLink } from '#lib/auth/create-password-link.ts'
import { createServiceClient } from '#lib/auth/create-service-client.ts'
import type { Api } from './connect-api.ts'
import { readRuntime } from './connect-api.ts'

const invitedSchema = z.object({ link: z.string() }).loose()
const keysSchema = z.object({ siteUrl: z.url(), supabaseUrl: z.url(), secretKey: z.string() })

interface Cli {
  rest: readonly string[]
  values: { role?: string | undefined }
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
      if (rest[0] !== 'invite') throw new Error('Write: users invite <email> --role owner, editor or viewer.')
      const body = { email: required(rest[1], 'The e-mail address'), role: values.role ?? 'editor' }
      const invited = invitedSchema.parse(
        await withApi((api) => api.request('POST', '/api/v1/members', body)),
      )
      print(invited, `Give this link to ${body.email}. It works once:\n${invited.link}`)
    },

    /** Whoever may read the data folder of this machine may do anything with it, so no sign-in is needed. */
    async 'reset-password'() {
      const email = required(rest[0], 'The e-mail address')
      const keys = keysSchema.safeParse(await readRuntime())
      if (!keys.success)
        throw new Error('Selah does not run here. Start it, or set SELAH_DATA_DIR to its folder.')
      const { siteUrl, ...connection } = keys.data
      const { link } = await createPasswordLink(
        { supabase: createServiceClient(connection), siteUrl },
        { email, kind: 'recovery' },
      )
      print({ link }, `Open this link to choose a new password for ${email}. It works once:\n${link}`)
    },
  }
}
