import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { ServiceClient } from '#lib/auth/create-service-client.ts'
import { hashToken } from '#lib/auth/resolve-token-actor.ts'
import { ownerCredentialsSchema } from '#lib/churches/owner-credentials.ts'
import { churchNameSchema } from '#lib/churches/rename-church.ts'
import { defaultTimeZone, findTimeZone } from '#lib/dates/time-zone.ts'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { churches, installation, memberships, profiles } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { makeSlug } from '#lib/sermons/make-slug.ts'
import { textKey, textLine } from '#lib/text/text-input.ts'

export const setUpSchema = z.object({
  churchName: churchNameSchema,
  displayName: textLine({ name: 'name', max: 120 }).default(''),
  /** From the owner's browser; an unknown zone must not stop the set-up. */
  timeZone: textKey({ name: 'time zone', max: 200 })
    .transform((name) => findTimeZone(name) ?? defaultTimeZone)
    .default(defaultTimeZone),
  ...ownerCredentialsSchema.shape,
})

type Dependencies = { db: Database; supabase: ServiceClient }

/** Whether this installation already has an owner. */
export async function isSetUp({ db }: { db: Database }): Promise<boolean> {
  const [row] = await db.select({ setUpAt: installation.setUpAt }).from(installation)
  return row?.setUpAt != null
}

/** Stores the one-time token of the set-up link. Returns false when the installation is already set up. */
export async function offerSetUp({ db }: { db: Database }, { token }: { token: string }): Promise<boolean> {
  if (await isSetUp({ db })) return false
  await db
    .insert(installation)
    .values({ setUpTokenHash: hashToken(token) })
    .onConflictDoUpdate({ target: installation.id, set: { setUpTokenHash: hashToken(token) } })
  return true
}

/** Whether a set-up link is the current one and still unused. */
export async function isSetUpToken({ db }: { db: Database }, { token }: { token: string }): Promise<boolean> {
  const [row] = await db.select().from(installation)
  return row?.setUpAt == null && row?.setUpTokenHash === hashToken(token)
}

/**
 * Creates the first church and its owner, once. Throws `conflict` when the installation has an owner, and
 * `forbidden` when a token is required and the given one does not match.
 */
export async function setUpInstallation(
  { db, supabase }: Dependencies,
  input: z.infer<typeof setUpSchema> & { token?: string },
): Promise<{ churchId: string; userId: string }> {
  if (await isSetUp({ db })) throw new AppError('conflict', 'Selah is already set up. Sign in instead.')
  if (input.token !== undefined && !(await isSetUpToken({ db }, { token: input.token }))) {
    throw new AppError(
      'forbidden',
      'This set-up link is no longer valid. Use the link that the latest start printed.',
    )
  }
  const userId = await findOrCreateUser(supabase, input)
  return db.transaction(async (tx) => {
    const [claimed] = await tx
      .insert(installation)
      .values({ setUpAt: new Date() })
      .onConflictDoUpdate({
        target: installation.id,
        set: { setUpAt: new Date(), setUpTokenHash: null },
        setWhere: sql`${installation.setUpAt} is null`,
      })
      .returning({ id: installation.id })
    if (!claimed) throw new AppError('conflict', 'Selah is already set up. Sign in instead.')
    const profile = { email: input.email, displayName: input.displayName }
    await tx
      .insert(profiles)
      .values({ id: userId, ...profile })
      .onConflictDoUpdate({ target: profiles.id, set: profile })
    const churchId = await adoptFirstChurch(tx, { name: input.churchName, timeZone: input.timeZone })
    await tx.insert(memberships).values({ churchId, userId, role: 'owner' }).onConflictDoNothing()
    return { churchId, userId }
  })
}

/** Renames the church of the samples, or creates a church when there is none. */
async function adoptFirstChurch(
  tx: Transaction,
  { name, timeZone }: { name: string; timeZone: string },
): Promise<string> {
  const [waiting] = await tx.select({ id: churches.id }).from(churches).orderBy(churches.createdAt).limit(1)
  const named = { name, timeZone, slug: makeSlug(name, new Set()) }
  const [church] = waiting
    ? await tx.update(churches).set(named).where(eq(churches.id, waiting.id)).returning({ id: churches.id })
    : await tx.insert(churches).values(named).returning({ id: churches.id })
  if (!church) throw new Error('The church was not stored')
  return church.id
}

/** The id of the first church of the installation; creates one without an owner when there is none. */
export async function ensureFirstChurch({ db }: { db: Database }): Promise<string> {
  const oldest = () => db.select({ id: churches.id }).from(churches).orderBy(churches.createdAt).limit(1)
  const [existing] = await oldest()
  if (existing) return existing.id
  await db.insert(churches).values({ name: 'Our church', slug: 'our-church' }).onConflictDoNothing()
  const [made] = await oldest()
  if (!made) throw new Error('The church was not stored')
  return made.id
}

async function findOrCreateUser(
  supabase: ServiceClient,
  { email, password }: { email: string; password: string },
): Promise<string> {
  const created = await supabase.auth.admin.createUser({ email, password, email_confirm: true })
  if (created.data.user) return created.data.user.id
  if (created.error?.code === 'weak_password') {
    throw new AppError('bad_request', 'Choose a stronger password.', { cause: created.error })
  }
  if (created.error?.code !== 'email_exists') {
    throw new AppError('vendor_failed', 'The account could not be created. Try again in a moment.', {
      cause: created.error,
    })
  }
  // A set-up that was interrupted after this step left the account behind: continue with that account.
  for (let page = 1; ; page += 1) {
    const { data, error } = await supabase.auth.admin.listUsers({ page, perPage: 200 })
    if (error) throw new AppError('vendor_failed', 'The account could not be read.', { cause: error })
    const user = data.users.find((candidate) => candidate.email?.toLowerCase() === email.toLowerCase())
    if (user) {
      await supabase.auth.admin.updateUserById(user.id, { password })
      return user.id
    }
    if (data.users.length < 200)
      throw new AppError('conflict', 'This address cannot be used. Choose another.')
  }
}
