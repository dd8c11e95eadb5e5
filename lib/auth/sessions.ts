import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { revokeTokensOfSignIns } from '#lib/auth/api-tokens.ts'
import type { SessionClient } from '#lib/auth/create-session-client.ts'
import { hasAuthTables } from '#lib/auth/has-auth-tables.ts'
import { type BrowserName, readUserAgent, type SystemName } from '#lib/auth/read-user-agent.ts'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { auditLog, secondFactors, sessionUses } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'

export type SessionView = {
  id: string
  browser: BrowserName | null
  system: SystemName | null
  createdAt: string
  /** Noted every five minutes. */
  lastUsedAt: string
  isCurrent: boolean
}

const rowsSchema = z.array(
  z.object({
    id: z.uuid(),
    user_agent: z.string().nullable(),
    created_ms: z.coerce.number(),
    used_ms: z.coerce.number(),
  }),
)

/**
 * Whether the session is open and, for a person with a second factor, whether it was given in this session. An access
 * token alone stays valid until it expires, and Auth gives one for the password alone. `askAuth` is called for a
 * session that is not in this database: it has ended, or Auth keeps its sessions elsewhere. Notes the time and the
 * device of the session when the last note is older than five minutes.
 */
export async function touchSession(
  { db }: { db: Database },
  input: { sessionId: string; userId: string; userAgent: string | null; askAuth: () => Promise<boolean> },
): Promise<boolean> {
  const { sessionId, userId } = input
  const isOpen = (await hasAuthTables(db))
    ? sql`(select coalesce(not_after > now(), true) from auth.sessions where id = ${sessionId} and user_id = ${userId})`
    : sql`null::boolean`
  const { rows } = await db.execute(
    sql`select ${isOpen} as is_open,
          (used.last_used_at > now() - interval '5 minutes' and used.user_agent is not null) as is_recent,
          used.second_factor_at is not null or not exists (
            select 1 from ${secondFactors} where user_id = ${userId} and confirmed_at is not null
          ) as is_complete
        from (values (${sessionId}::uuid)) as one(id) left join ${sessionUses} used on used.session_id = one.id`,
  )
  const [session] = rows
  if (session?.is_complete !== true) return false
  if (!(session.is_open ?? (await input.askAuth()))) return false
  if (session.is_recent === true) return true
  const userAgent = input.userAgent?.slice(0, 500) ?? null
  await db
    .insert(sessionUses)
    .values({ sessionId, userAgent })
    .onConflictDoUpdate({ target: sessionUses.sessionId, set: { userAgent, lastUsedAt: sql`now()` } })
  return true
}

/** Deletes the devices of sessions that were not used for 90 days. These sessions need the second factor again. */
export async function pruneSessionUses({ db }: { db: Database }): Promise<void> {
  await db.delete(sessionUses).where(sql`${sessionUses.lastUsedAt} < now() - interval '90 days'`)
}

/** The open sessions of a person, the last used first. Empty where Auth keeps its sessions in another database. */
export async function listSessions(
  { db }: { db: Database },
  { userId, currentId }: { userId: string; currentId: string },
): Promise<SessionView[]> {
  if (!(await hasAuthTables(db))) return []
  const { rows } = await db.execute(sql`
    select open.id, used.user_agent,
      extract(epoch from open.created_at) * 1000 as created_ms,
      extract(epoch from coalesce(used.last_used_at, open.created_at)) * 1000 as used_ms
    from auth.sessions open left join ${sessionUses} used on used.session_id = open.id
    where open.user_id = ${userId} and coalesce(open.not_after > now(), true)
    order by used_ms desc, open.id`)
  return rowsSchema.parse(rows).map((row) => ({
    id: row.id,
    ...readUserAgent(row.user_agent ?? ''),
    createdAt: new Date(row.created_ms).toISOString(),
    lastUsedAt: new Date(row.used_ms).toISOString(),
    isCurrent: row.id === currentId,
  }))
}

/** Ends one session of the person at once. Throws `not_found` for a session that is not theirs. */
export async function endSession(
  { db }: { db: Database },
  { userId, churchId, sessionId }: { userId: string; churchId: string; sessionId: string },
): Promise<void> {
  const hasTables = await hasAuthTables(db)
  await db.transaction(async (tx) => {
    const ended = hasTables
      ? await tx.execute(
          sql`delete from auth.sessions where id = ${sessionId} and user_id = ${userId} returning id`,
        )
      : null
    if (!ended?.rows.length) throw new AppError('not_found', 'This session has ended already.')
    await tx
      .insert(auditLog)
      .values({ churchId, actorId: userId, action: 'session.ended', subject: sessionId })
  })
}

/**
 * Lets Auth end every session of the person of `session`, or all but this one, and ends the tokens of their sign-ins on the
 * command line. Throws `unavailable` when Auth does not answer.
 */
export async function endSessions(
  { db, session }: { db: Database; session: SessionClient },
  { userId, churchId, scope }: { userId: string; churchId: string | null; scope: 'global' | 'others' },
): Promise<void> {
  const { error } = await session.auth.signOut({ scope })
  if (error) {
    throw new AppError('unavailable', 'The sessions could not be ended right now. Try again in a moment.', {
      cause: error,
    })
  }
  await revokeTokensOfSignIns({ db }, { userId })
  await db
    .insert(auditLog)
    .values({ churchId, actorId: userId, action: 'sessions.ended', subject: userId, details: { scope } })
}

/**
 * Ends the sessions of another person, or all but `keepId`, which Auth has no call for. Does nothing where Auth keeps
 * its sessions in another database; the caller must also have taken away what the sessions are good for.
 */
export async function removeSessions(
  tx: Transaction,
  { userId, keepId }: { userId: string; keepId?: string },
): Promise<void> {
  if (!(await hasAuthTables(tx))) return
  const others = keepId ? sql` and id <> ${keepId}` : sql``
  await tx.execute(sql`delete from auth.sessions where user_id = ${userId}${others}`)
}
