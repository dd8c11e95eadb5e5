import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#lib/auth/actor.ts'
import { resolveSession } from '#lib/auth/resolve-request-actor.ts'
import { openSignInLink, requestSignInLink } from '#lib/auth/sign-in-link.ts'
import { choosePassword } from '#lib/churches/choose-password.ts'
import { auditLog, memberships, profiles } from '#lib/db/schema.ts'
import { readLink } from '#test/contract/read-link.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'
import { type Accounts, startAccounts } from '#test/start-accounts.ts'
import { unreachableMail } from '#test/unreachable-mail.ts'
import { deleteListener } from './delete-listener.ts'
import { exportListener } from './export-listener.ts'
import { libraryInputSchema, saveLibrary } from './library.ts'
import { savePosition } from './positions.ts'

let accounts: Accounts

beforeAll(async () => {
  accounts = await startAccounts({ SELAH_AUTH_SIGNUP: 'link', ...unreachableMail })
})

afterAll(() => accounts?.stop())

const aClient = () => ({ key: randomUUID(), isShared: false })

/** A listener who is signed in in a browser; `read` says who is signed in there now. */
async function aListener() {
  const { services } = accounts
  const email = `${randomUUID()}@example.org`
  await requestSignInLink(services, { email, next: '/library', client: aClient() })
  const link = new URL(await readLink(accounts.gateway.connectionString, email))
  const browser = accounts.openBrowser()
  const token = link.searchParams.get('token_hash') ?? ''
  const opened = { token, type: 'magiclink' as const, client: aClient() }
  await openSignInLink({ ...services, session: browser.session() }, opened)
  const read = async (trustSignature = false) =>
    (await resolveSession(services, browser.session(), { trustSignature, userAgent: 'Test' }))?.actor ?? null
  const actor = await read()
  if (!actor) throw new Error('Nobody is signed in.')
  return { actor, browser, read }
}

async function listen(actor: Actor): Promise<string> {
  const { services } = accounts
  const churchId = await createChurch(services.db)
  const [sermonId = ''] = await createSermons(services.db, {
    ...{ churchId, count: 1, publication: 'published', mediaStatus: 'ready', durationMs: 600_000 },
  })
  await savePosition(services, { actor, sermonId, input: { positionMs: 90_000, finished: false } })
  const followed = { kind: 'followed', id: 'acts', changedAtMs: Date.now() }
  const items = [{ ...followed, value: { rank: 1, title: 'Acts', seenAtMs: 5 } }]
  await saveLibrary(services, { actor, input: libraryInputSchema.parse({ items }) })
  return sermonId
}

/** Every row of the database that names the listener, by table. */
async function findRows({ userId, email }: Actor): Promise<string[]> {
  const { db } = accounts.services
  const { rows } = await db.execute<{ name: string }>(sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'auth', 'auth_local')`)
  const found: string[] = []
  for (const { name } of rows) {
    const { rows: named } = await db.execute(
      sql.raw(
        `select 1 from ${name} row where row::text like '%${userId}%' or row::text like '%${email}%' limit 1`,
      ),
    )
    if (named.length > 0) found.push(name)
  }
  return found.toSorted()
}

test('the file of a listener has their address, library and places', async () => {
  const { actor } = await aListener()
  const sermonId = await listen(actor)
  expect(await exportListener(accounts.services, { actor })).toMatchObject({
    account: { id: actor.userId, email: actor.email, churches: [] },
    library: [
      { kind: 'followed', id: 'acts', value: { title: 'Acts' }, changedAt: expect.stringMatching(/Z$/) },
    ],
    places: [{ sermonId, positionMs: 90_000 }],
  })
})

test('a deleted account leaves nothing, and its sessions have ended', async () => {
  const { actor, browser, read } = await aListener()
  const { services } = accounts
  await listen(actor)
  const session = browser.session()
  await choosePassword({ db: services.db, session }, { actor, password: 'a long enough password' })
  expect(await findRows(actor)).toContain('public.library_items')

  const wrong = { actor, email: 'another@example.org' }
  await expect(deleteListener(services, wrong)).rejects.toMatchObject({ code: 'bad_request' })
  expect(await read()).not.toBeNull()
  await deleteListener(services, { actor, email: actor.email.toUpperCase() })
  expect(await findRows(actor)).toEqual([])
  expect(await read()).toBeNull()
  expect(await read(true)).toBeNull()
})

test('a member of a church does not delete what the church needs', async () => {
  const { actor } = await aListener()
  const { db } = accounts.services
  const churchId = await createChurch(db)
  await db.insert(memberships).values({ churchId, userId: actor.userId, role: 'owner' })
  const member = {
    ...actor,
    memberships: [{ ...{ churchId, churchName: '', timeZone: '' }, language: '', role: 'owner' as const }],
  }
  await expect(
    deleteListener(accounts.services, { actor: member, email: actor.email }),
  ).rejects.toMatchObject({ reason: 'account.is_member' })
  expect(await db.select().from(profiles).where(eq(profiles.id, actor.userId))).toHaveLength(1)
})

test('a password is chosen only soon after signing in, and then signs in', async () => {
  const { actor, browser } = await aListener()
  const { db } = accounts.services
  const signedInAt = new Date(Date.now() - 11 * 60_000)
  const old: Actor = { ...actor, grant: { kind: 'session', id: 'an old one', signedInAt } }
  const password = 'a long enough password'
  const choose = (by: Actor) => choosePassword({ db, session: browser.session() }, { actor: by, password })
  await expect(choose(old)).rejects.toMatchObject({ reason: 'auth.sign_in_again' })
  await choose(actor)
  const signedIn = await accounts
    .openBrowser()
    .session()
    .auth.signInWithPassword({ email: actor.email, password })
  expect(signedIn.error).toBeNull()
  const log = await db.select().from(auditLog).where(eq(auditLog.actorId, actor.userId))
  expect(log).toMatchObject([{ action: 'password.changed', churchId: null }])
})
