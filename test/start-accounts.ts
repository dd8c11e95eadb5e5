import { randomUUID } from 'node:crypto'
import { startTestDatabase } from '#harness/start-test-database.ts'
import { startTestGateway, type TestGateway } from '#harness/start-test-gateway.ts'
import {
  createSessionClient,
  type SessionClient,
  type SessionCookie,
} from '#lib/auth/create-session-client.ts'
import { createServices, type Services } from '#lib/create-services.ts'
import { memberships, profiles, type Role } from '#lib/db/schema.ts'
import { envSchema } from '#lib/env.ts'

export interface Accounts {
  services: Services
  gateway: TestGateway
  /** Creates an account with `accountPassword` that is a member of the church. */
  createAccount(churchId: string, role: Role): Promise<{ userId: string; email: string; churchId: string }>
  /** Opens a browser with its own cookies; each call of `session` is one request. */
  openBrowser(): { session(): SessionClient; cookie(): string }
  stop(): Promise<void>
}

export const accountPassword = 'the right password'

/**
 * Starts the real database and the local Auth service, for tests with accounts and browsers. `environment` is that of the
 * service.
 */
export async function startAccounts(environment: Record<string, string> = {}): Promise<Accounts> {
  const database = await startTestDatabase()
  const { connectionString } = database
  const gateway = await startTestGateway({ connectionString, environment })
  const services = createServices(
    envSchema.parse({
      DATABASE_URL: database.connectionString,
      SITE_URL: gateway.url,
      SUPABASE_URL: gateway.url,
      SUPABASE_PUBLISHABLE_KEY: gateway.publishableKey,
      SUPABASE_SECRET_KEY: gateway.secretKey,
      TRIGGER_SECRET_KEY: 'tr_dev_none',
    }),
  )
  return {
    services,
    gateway,
    async createAccount(churchId, role) {
      const email = `${randomUUID()}@example.org`
      const { data, error } = await services.supabase.auth.admin.createUser({
        email,
        password: accountPassword,
        email_confirm: true,
      })
      if (error) throw error
      const userId = data.user.id
      await services.db.insert(profiles).values({ id: userId, email })
      await services.db.insert(memberships).values({ churchId, userId, role })
      return { userId, email, churchId }
    },
    openBrowser() {
      const jar = new Map<string, string>()
      const keep = ({ name, value }: SessionCookie) =>
        value === '' ? jar.delete(name) : jar.set(name, value)
      return {
        session: () =>
          createSessionClient(
            {
              supabaseUrl: gateway.url,
              publishableKey: gateway.secretKey,
              siteUrl: gateway.url,
            },
            {
              getAll: () => [...jar].map(([name, value]) => ({ name, value })),
              setAll: (cookies) => {
                for (const cookie of cookies) keep(cookie)
              },
            },
          ),
        cookie: () => [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      }
    },
    async stop() {
      await services.close()
      await gateway.stop()
      await database.stop()
    },
  }
}
