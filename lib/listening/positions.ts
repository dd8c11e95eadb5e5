import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Actor, isMember } from '#lib/auth/actor.ts'
import { readRelatedRecordings } from '#lib/cuts/related-recordings.ts'
import { momentInput } from '#lib/dates/date-input.ts'
import type { Database, DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { positions, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { holdAccount } from '#lib/listening/hold-account.ts'
import { movePlace } from '#lib/listening/move-place.ts'
import { findVisibleSermon } from '#lib/sermons/find-sermon.ts'

/** This close to the end a recording counts as finished. */
const FINISHED_MS = 15_000
const MAX_LISTED = 500

export const positionInput = z.object({
  positionMs: z.number().min(0).max(86_400_000).transform(Math.round),
  /** When the listener was there; now when it is not said. A moment in the future counts as now. */
  listenedAt: momentInput.optional(),
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
 * place back. A place in the whole recording or in a part of it is one in the present recording too. Returns the place that
 * holds. Throws `not_found` for a sermon that the actor may not see, and with the reason `media.replaced` for another
 * recording than the current one; `not_signed_in` for an account that was deleted in the meantime.
 */
export async function savePosition(
  { db }: { db: Database },
  { actor, sermonId, input }: { actor: Actor; sermonId: string; input: z.infer<typeof positionInput> },
): Promise<ApiPosition> {
  const sermon = await findVisibleSermon({ db }, { id: sermonId, actor })
  const { mediaRevision, durationMs } = sermon
  const shiftMs = await findShift({ db }, { sermonId, mediaRevision, from: input.recording ?? mediaRevision })
  const { positionMs, isFinished: isAfterEnd } = movePlace(
    { positionMs: input.positionMs, isFinished: false },
    { shiftMs, durationMs: shiftMs === 0 ? null : durationMs },
  )
  const isAtEnd = durationMs !== null && durationMs > FINISHED_MS && positionMs > durationMs - FINISHED_MS
  const isFinished = input.finished || isAfterEnd || isAtEnd
  const listenedAt = new Date(Math.min(Date.now(), Date.parse(input.listenedAt ?? '') || Date.now()))
  const place = { mediaRevision, positionMs: isFinished ? 0 : positionMs, isFinished, listenedAt }
  const stored = await db.transaction(async (tx) => {
    await holdAccount(tx, actor)
    await tx
      .insert(positions)
      .values({ userId: actor.userId, sermonId, ...place })
      .onConflictDoUpdate({
        target: [positions.userId, positions.sermonId],
        set: place,
        setWhere: sql`${positions.mediaRevision} <> ${mediaRevision} or (${positions.mediaRevision} = ${mediaRevision}
          and ${positions.listenedAt} < ${listenedAt.toISOString()}::timestamptz)`,
      })
    const rows = await selectPositions(tx)
      .where(and(eq(positions.userId, actor.userId), eq(positions.sermonId, sermonId)))
      .limit(1)
    return rows[0]
  })
  if (!stored) throw new AppError('not_found', 'This sermon does not exist any more.')
  return toApiPosition(stored)
}

/** What leads from times of the recording `from` to those of the present one. Throws `not_found`. */
async function findShift(
  { db }: { db: Database },
  { sermonId, mediaRevision, from }: { sermonId: string; mediaRevision: number; from: number },
): Promise<number> {
  if (from === mediaRevision) return 0
  const related = await readRelatedRecordings({ db }, [{ sermonId, mediaRevision }])
  const found = related.get(sermonId)?.find(({ recording }) => recording === from)
  if (found) return found.shiftMs
  throw new AppError('not_found', 'The recording of this sermon was replaced.', { reason: 'media.replaced' })
}

/** The places of a listener in sermons that they may see, the latest listening first; 500 at most. */
export async function listPositions(
  { db }: { db: Database },
  { actor }: { actor: Actor },
): Promise<ApiPosition[]> {
  const rows = await selectPositions(db)
    .where(and(eq(positions.userId, actor.userId), isNull(sermons.trashedAt)))
    .orderBy(desc(positions.listenedAt))
    .limit(MAX_LISTED)
  const visible = rows.filter(
    ({ publication, churchId }) => publication === 'published' || isMember(actor, churchId),
  )
  // A place that was stored while a part was published.
  const others = visible.filter(({ recording, mediaRevision }) => recording !== mediaRevision)
  const related = await readRelatedRecordings({ db }, others)
  return visible.flatMap((row) => {
    const { sermonId, recording, mediaRevision, durationMs } = row
    if (recording === mediaRevision) return [toApiPosition(row)]
    const found = related.get(sermonId)?.find((other) => other.recording === recording)
    if (!found) return []
    const place = { positionMs: row.positionMs, isFinished: row.finished }
    const { positionMs, isFinished } = movePlace(place, { shiftMs: found.shiftMs, durationMs })
    return [toApiPosition({ ...row, recording: mediaRevision, positionMs, finished: isFinished })]
  })
}

/** Every place that is stored of a listener, the latest listening first, in times of the recording that it names. */
export async function exportPositions(
  { db }: { db: Database },
  { actor }: { actor: Actor },
): Promise<ApiPosition[]> {
  const rows = await selectPositions(db)
    .where(eq(positions.userId, actor.userId))
    .orderBy(desc(positions.listenedAt))
  return rows.map((row) => {
    // What the listener may not see now is not told again.
    const isVisible =
      row.trashedAt === null && (row.publication === 'published' || isMember(actor, row.churchId))
    return toApiPosition(isVisible ? row : { ...row, slug: '', title: '' })
  })
}

function selectPositions(db: DatabaseOrTransaction) {
  return db
    .select({
      sermonId: positions.sermonId,
      slug: sermons.slug,
      title: sermons.title,
      recording: positions.mediaRevision,
      positionMs: positions.positionMs,
      finished: positions.isFinished,
      listenedAt: sql<string>`to_char(${positions.listenedAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
      mediaRevision: sermons.mediaRevision,
      durationMs: sermons.durationMs,
      trashedAt: sermons.trashedAt,
      publication: sermons.publication,
      churchId: sermons.churchId,
    })
    .from(positions)
    .innerJoin(sermons, eq(sermons.id, positions.sermonId))
    .$dynamic()
}

/** Leaves out what only decides who may see it. */
const toApiPosition = (row: ApiPosition): ApiPosition => apiPositionSchema.parse(row)
