import { and, desc, eq, gt, inArray, isNull, lt, notExists } from 'drizzle-orm'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { passages, sermons, transcripts } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { forgetOutdatedSuggestions } from '#lib/sermons/forget-outdated-suggestions.ts'
import { storeRevision } from '#lib/sermons/store-revision.ts'
import type { TranscriptPatch } from '#lib/sermons/transcript-input.ts'
import {
  type AppliedEdit,
  correctWords,
  splitAtParagraphs,
  toStarts,
  toTurns,
} from '#lib/transcripts/correct-words.ts'
import { ofCurrentRecording } from '#lib/transcripts/current-transcript.ts'
import { toWordTable } from '#lib/transcripts/word-table.ts'

type TranscriptRow = typeof transcripts.$inferSelect
type Author = { sermonId: string; churchId: string; actorId: string }

/** Revisions that one person makes within this time count as one version of the history. */
const SESSION_MS = 10 * 60_000

export type Corrected = { row: TranscriptRow; applied: AppliedEdit[] }

/**
 * Stores corrections of the current transcript as a new revision and requests that the sermon is indexed again.
 * Throws AppError `conflict` (reason `transcript.newer_revision`) when another revision is newer than the one
 * that was corrected, `not_found` without a transcript, and the errors of `correctWords`.
 */
export async function correctTranscript(
  { db, now }: { db: Database; now: () => Date },
  author: Author,
  patch: TranscriptPatch,
): Promise<Corrected> {
  return db.transaction(async (tx) => {
    const current = await lockCurrent(tx, author, patch.revision)
    const before = toWordTable(current)
    const firstFreeId = current.nextWordId ?? before.words.length
    const positionOf = findPositions(before.ids)
    const prepared = {
      ...before,
      paragraphStarts: patch.paragraphStarts
        ? toStarts(patch.paragraphStarts.map(positionOf))
        : before.paragraphStarts,
      speakerTurns: patch.speakers
        ? toTurns(patch.speakers.map(({ from, name }) => [positionOf(from), name]))
        : before.speakerTurns,
    }
    const { table, applied, nextId } = correctWords(prepared, patch.edits, firstFreeId)
    const isReviewed = patch.reviewed ?? current.isReviewed
    const row = await addRevision(tx, author, now(), {
      ...current,
      words: table.words,
      wordIds: table.ids,
      nextWordId: nextId,
      confidences: current.confidences && table.confidences,
      paragraphStarts: table.paragraphStarts,
      speakerTurns: table.speakerTurns,
      sentences: splitAtParagraphs(table.sentences, [
        ...(table.paragraphStarts ?? []),
        ...(table.speakerTurns ?? []).map(([first]) => first),
      ]),
      isReviewed,
      // A transcript that a person has read completely is no longer a draft.
      isDraft: current.isDraft && !isReviewed,
    })
    return { row, applied }
  })
}

/** Makes the words of an earlier version of the same recording the newest revision. Throws as `correctTranscript`. */
export async function restoreTranscript(
  { db, now }: { db: Database; now: () => Date },
  author: Author,
  { revision, version }: { revision: number; version: number },
): Promise<TranscriptRow> {
  return db.transaction(async (tx) => {
    const current = await lockCurrent(tx, author, revision)
    const [earlier] = await tx
      .select()
      .from(transcripts)
      .where(
        and(
          eq(transcripts.sermonId, author.sermonId),
          eq(transcripts.revision, version),
          eq(transcripts.mediaRevision, current.mediaRevision),
        ),
      )
    if (!earlier) {
      throw new AppError(
        'not_found',
        'This version no longer exists. Reload the page to see the present versions.',
      )
    }
    const nextWordId = Math.max(...[current, earlier].map((row) => row.nextWordId ?? row.words.length))
    return addRevision(tx, author, now(), { ...earlier, nextWordId })
  })
}

async function lockCurrent(tx: Transaction, { sermonId, churchId }: Author, revision: number) {
  const [sermon] = await tx
    .select({ id: sermons.id })
    .from(sermons)
    .where(and(eq(sermons.id, sermonId), eq(sermons.churchId, churchId), isNull(sermons.trashedAt)))
    .for('update')
  if (!sermon) throw new AppError('not_found', 'There is no such sermon.')
  const [current] = await tx
    .select()
    .from(transcripts)
    .where(and(eq(transcripts.sermonId, sermonId), ofCurrentRecording))
    .orderBy(desc(transcripts.revision))
    .limit(1)
  if (!current) throw new AppError('not_found', 'This sermon has no transcript yet.')
  if (current.revision !== revision) {
    throw new AppError(
      'conflict',
      `Someone changed this transcript in the meantime (revision ${current.revision}). Load it again and repeat your correction.`,
      { reason: 'transcript.newer_revision' },
    )
  }
  return current
}

async function addRevision(
  tx: Transaction,
  { sermonId, churchId, actorId }: Author,
  at: Date,
  values: TranscriptRow,
): Promise<TranscriptRow> {
  const edited = { ...values, editedBy: actorId, createdAt: at }
  const row = await storeRevision(tx, { sermonId, churchId }, edited)
  await forgetOutdatedSuggestions(tx, sermonId, toWordTable(row))
  await forgetSteps(tx, { sermonId, actorId, at, revision: row.revision })
  return row
}

/**
 * Removes revisions that the same person saved shortly before, so that the history has one version for each session
 * and not one for each pause in typing. A revision to which passages still refer is removed by a later call.
 */
async function forgetSteps(
  tx: Transaction,
  { sermonId, actorId, at, revision }: { sermonId: string; actorId: string; at: Date; revision: number },
): Promise<void> {
  const steps = tx
    .select({ id: transcripts.id })
    .from(transcripts)
    .where(
      and(
        eq(transcripts.sermonId, sermonId),
        eq(transcripts.editedBy, actorId),
        lt(transcripts.revision, revision),
        gt(transcripts.createdAt, new Date(at.getTime() - SESSION_MS)),
        notExists(
          tx.select({ id: passages.id }).from(passages).where(eq(passages.transcriptId, transcripts.id)),
        ),
      ),
    )
  await tx.delete(transcripts).where(inArray(transcripts.id, steps))
}

function findPositions(ids: readonly number[]): (id: number) => number {
  const positions = new Map(ids.map((id, position) => [id, position]))
  return (id) => {
    const position = positions.get(id)
    if (position !== undefined) return position
    throw new AppError('unprocessable', `This transcript has no word w${id}. Load it again.`, {
      reason: 'transcript.wrong_edit',
    })
  }
}
