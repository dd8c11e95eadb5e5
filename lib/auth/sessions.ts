import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type BrowserName, readUserAgent, type SystemName } from '#lib/auth/read-user-agent.ts'
import type { Database } from '#lib/db/connect-database.ts'
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
 * Whether Auth still knows the session, for a person with a second factor also whether it was given in this session. An
 * access token alone stays valid until it expires, and Auth gives one for the password alone. Notes the time and the
 * device of the session when the last note is older than five minutes.
 */
export async function touchSession(
  { db }: { db: Database },
  input: { sessionId: string; userId: string; userAgent: string | null },
): Promise<boolean> {
  const { sessionId, userId } = input
  const { rows } = await db.execute(
    sql`select (used.last_used_at > now() - interval '5 minutes' and used.user_agent is not null) as is_recent,
          used.second_factor_at is not null or not exists (
            select 1 from ${secondFactors} where user_id = open.user_id and confirmed_at is not null
          ) as is_complete
        from auth.sessions open left join ${sessionUses} used on used.session_id = open.id
        where open.id = ${sessionId} and open.user_id = ${userId} and coalesce(open.not_after > now(), true)`,
  )
  const [session] = rows
  if (session?.is_complete !== true) return false
  if (session.is_recent === true) return true
  const userAgent = input.userAgent?.slice(0, 500) ?? null
  await db
    .insert(sessionUses)
    .values({ sessionId, userAgent })
    .onConflictDoUpdate({ target: sessionUses.sessionId, set: { userAgent, lastUsedAt: sql`now()` } })
  return true
}

/** Forgets the devices of sessions that have ended. */
export async function pruneSessionUses({ db }: { db: Database }): Promise<void> {
  await db.execute(
    sql`delete from ${sessionUses} where not exists
        (select 1 from auth.sessions where id = ${sessionUses.sessionId})`,
  )
}

/** The open sessions of a person, the last used first. */
export async function listSessions(
  { db }: { db: Database },
  { userId, currentId }: { userId: string; currentId: string },
): Promise<SessionView[]> {
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
  await db.transaction(async (tx) => {
    const { rows } = await tx.execute(
      sql`delete from auth.sessions where id = ${sessionId} and user_id = ${userId} returning id`,
    )
    if (rows.length === 0) throw new AppError('not_found', 'This session has ended already.')
    await tx
      .insert(auditLog)
      .values({ churchId, actorId: userId, action: 'session.ended', subject: sessionId })
  })
}

/** Ends every session of the person at once, or all but `keepId`. */
export async function endSessions(
  { db }: { db: Database },
  { userId, churchId, keepId }: { userId: string; churchId: string; keepId?: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const others = keepId ? sql` and id <> ${keepId}` : sql``
    await tx.execute(sql`delete from auth.sessions where user_id = ${userId}${others}`)
    await tx.insert(auditLog).values({
      churchId,
      actorId: userId,
      action: 'sessions.ended',
      subject: userId,
      details: { kept: keepId ?? null },
    })
  })
}
