import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Actor, isMember } from '#lib/auth/actor.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { positions, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { findVisibleSermon } from '#lib/sermons/find-sermon.ts'

/** This close to the end a recording counts as finished. */
const FINISHED_MS = 15_000
const MAX_LISTED = 500

export const positionInput = z.object({
  positionMs: z.number().min(0).max(86_400_000).transform(Math.round),
  /** When the listener was there; now when it is not said. A moment in the future counts as now. */
  listenedAt: z.iso.datetime({ offset: true }).optional(),
  /** Heard to its end. It then begins from the start. */
  finished: z.boolean().default(false),
  /** The revision of the recording that was heard; the current one when it is not said. */
  recording: z.number().int().nonnegative().optional(),
})

/** The place of a listener in a sermon, as the HTTP API shows it. */
export const apiPositionSchema = z.object({
  sermonId: z.uuid(),
  slug: z.string(),
  title: z.string(),
  recording: z.int(),
  positionMs: z.int(),
  finished: z.boolean(),
  listenedAt: z.string().describe('When the listener was there (ISO 8601, UTC).'),
})

export type ApiPosition = z.infer<typeof apiPositionSchema>

/**
 * Stores where a listener is, unless the server knows of a later moment of listening: what arrives late never puts a
 * place back. Returns the place that holds. Throws `not_found` for a sermon that the actor may not see, and with the
 * reason `media.replaced` for another recording than the current one.
 */
export async function savePosition(
  { db }: { db: Database },
  { actor, sermonId, input }: { actor: Actor; sermonId: string; input: z.infer<typeof positionInput> },
): Promise<ApiPosition> {
  const sermon = await findVisibleSermon({ db }, { id: sermonId, actor })
  const mediaRevision = input.recording ?? sermon.mediaRevision
  if (mediaRevision !== sermon.mediaRevision) {
    throw new AppError('not_found', 'The recording of this sermon was replaced.', {
      reason: 'media.replaced',
    })
  }
  const isAtEnd = sermon.durationMs !== null && input.positionMs > sermon.durationMs - FINISHED_MS
  const isFinished = input.finished || (isAtEnd && (sermon.durationMs ?? 0) > FINISHED_MS)
  const listenedAt = new Date(Math.min(Date.now(), Date.parse(input.listenedAt ?? '') || Date.now()))
  const place = { mediaRevision, positionMs: isFinished ? 0 : input.positionMs, isFinished, listenedAt }
  await db
    .insert(positions)
    .values({ userId: actor.userId, sermonId, ...place })
    .onConflictDoUpdate({
      target: [positions.userId, positions.sermonId],
      set: place,
      setWhere: sql`${positions.mediaRevision} <> ${mediaRevision} or (${positions.mediaRevision} = ${mediaRevision}
        and ${positions.listenedAt} < ${listenedAt.toISOString()}::timestamptz)`,
    })
  const [stored] = await selectPositions(db)
    .where(and(eq(positions.userId, actor.userId), eq(positions.sermonId, sermonId)))
    .limit(1)
  if (!stored) throw new AppError('not_found', 'This sermon does not exist any more.')
  return toApiPosition(stored)
}

/** The places of a listener in sermons that they may see, the latest listening first; 500 at most. */
export async function listPositions(
  { db }: { db: Database },
  { actor }: { actor: Actor },
): Promise<ApiPosition[]> {
  const rows = await selectPositions(db)
    .where(
      and(
        eq(positions.userId, actor.userId),
        eq(positions.mediaRevision, sermons.mediaRevision),
        isNull(sermons.trashedAt),
      ),
    )
    .orderBy(desc(positions.listenedAt))
    .limit(MAX_LISTED)
  return rows
    .filter(({ publication, churchId }) => publication === 'published' || isMember(actor, churchId))
    .map(toApiPosition)
}

function selectPositions(db: Database) {
  return db
    .select({
      sermonId: positions.sermonId,
      slug: sermons.slug,
      title: sermons.title,
      recording: positions.mediaRevision,
      positionMs: positions.positionMs,
      finished: positions.isFinished,
      listenedAt: sql<string>`to_char(${positions.listenedAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
      publication: sermons.publication,
      churchId: sermons.churchId,
    })
    .from(positions)
    .innerJoin(sermons, eq(sermons.id, positions.sermonId))
    .$dynamic()
}

/** Leaves out what only decides who may see it. */
const toApiPosition = (row: ApiPosition): ApiPosition => apiPositionSchema.parse(row)
