import { and, desc, eq, inArray, isNull, lt, max, or, sql } from 'drizzle-orm'
import type { Chapter } from '#lib/chapters/chapter.ts'
import { storeChapterList } from '#lib/chapters/store-chapter-list.ts'
import { cutChapters, joinChapters } from '#lib/cuts/cut-chapters.ts'
import { cutTranscript, findWordsInside, joinTranscript } from '#lib/cuts/cut-transcript.ts'
import type { StoredCut } from '#lib/cuts/find-cut.ts'
import { moveClips } from '#lib/cuts/move-clips.ts'
import type { Transaction } from '#lib/db/connect-database.ts'
import {
  chapterLists,
  chapterSources,
  mediaAssets,
  passages,
  positions,
  recordingCuts,
  sermons,
  transcriptSuggestions,
  transcripts,
} from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { storeReferences } from '#lib/scripture/store-references.ts'
import { toWordTable } from '#lib/transcripts/word-table.ts'

type TranscriptRow = typeof transcripts.$inferSelect

/**
 * Makes a part the current recording of its sermon, with the words, passages, chapters, clips and listening positions of the
 * whole in its times: all of it in the transaction of the caller, so that nobody sees the sound of one and the words of
 * the other. The whole recording is the current one before, and its row is locked. Throws `unprocessable` where the
 * transcript has no words in the part.
 */
export async function showPart(tx: Transaction, cut: StoredCut, { durationMs }: { durationMs: number }) {
  const { sermonId, mediaRevision, baseRevision } = cut
  const whole = await readWords(tx, { sermonId, mediaRevision: baseRevision })
  const words = whole && cutTranscript(whole.current, cut)
  if (whole && !words) {
    throw new AppError(
      'unprocessable',
      'The transcript has no words in this part. Choose another start and end.',
      { reason: 'cut.no_words' },
    )
  }
  await tx
    .update(sermons)
    .set({ mediaRevision, durationMs, updatedAt: sql`now()` })
    .where(eq(sermons.id, sermonId))
  await moveChapters(tx, cut)
  const move = { from: baseRevision, to: mediaRevision, byMs: -cut.startMs, durationMs }
  await movePositions(tx, cut, move)
  await moveClips(tx, { sermonId, ...move })
  if (!whole || !words) return
  const { from, to } = findWordsInside(whole.current, cut)
  // As it arrived and as it is now: terms are learned from the difference.
  const arrived = whole.arrived && whole.arrived.id !== whole.current.id && cutTranscript(whole.arrived, cut)
  if (arrived) await addTranscript(tx, { ...arrived, mediaRevision })
  const current = await addTranscript(tx, { ...words, mediaRevision })
  await movePassages(tx, {
    of: whole.current.id,
    to: current.id,
    firstWord: from,
    lastWord: to - 1,
    byWords: -from,
    byMs: -cut.startMs,
  })
  await moveSuggestions(tx, cut, { to: mediaRevision, ids: new Set(toWordTable(current).ids) })
  await requestIndex(tx, cut)
  await requestTimes(tx, cut, mediaRevision)
}

/**
 * Makes the whole recording the current one again, with everything that was left out and with what was corrected in the
 * part, and removes the part with its files. The part is the current recording before, and the row of the sermon is
 * locked.
 */
export async function showWhole(tx: Transaction, cut: StoredCut): Promise<void> {
  const { churchId, sermonId, mediaRevision, baseRevision } = cut
  const whole = await readWords(tx, { sermonId, mediaRevision: baseRevision })
  const part = await readWords(tx, { sermonId, mediaRevision })
  const durationMs = cut.baseDurationMs
  await tx
    .update(sermons)
    .set({ mediaRevision: baseRevision, durationMs, updatedAt: sql`now()` })
    .where(eq(sermons.id, sermonId))
  await setFacet(tx, { sermonId, facet: 'media', status: 'ready' })
  await restoreChapters(tx, cut)
  const move = { from: mediaRevision, to: baseRevision, byMs: cut.startMs, durationMs }
  await movePositions(tx, cut, move)
  await moveClips(tx, { sermonId, ...move })
  if (part) {
    // A part without a whole: it was transcribed only after it was cut.
    const text = whole ? joinTranscript(whole.current, part.current, cut) : moveAlone(part.current, cut)
    const current = await addTranscript(tx, { ...text, mediaRevision: baseRevision })
    const from = whole ? findWordsInside(whole.current, cut).from : 0
    await movePassages(tx, {
      of: part.current.id,
      to: current.id,
      firstWord: 0,
      lastWord: part.current.words.length - 1,
      byWords: from,
      byMs: cut.startMs,
    })
    await moveSuggestions(tx, cut, { to: baseRevision, ids: new Set(toWordTable(current).ids) })
    await requestTimes(tx, cut, baseRevision)
    await requestIndex(tx, cut)
    await setFacet(tx, { sermonId, facet: 'transcript', status: 'ready' })
  } else if (whole) {
    await addTranscript(tx, whole.current)
    await requestIndex(tx, cut)
    await setFacet(tx, { sermonId, facet: 'transcript', status: 'ready' })
  } else {
    // The part may be waiting to be transcribed.
    const payload = { churchId, sermonId, mediaRevision: baseRevision, redo: [] }
    await enqueueEvent(tx, { type: 'sermon.reprocess', churchId, sermonId, payload })
  }
  await tx
    .delete(transcripts)
    .where(and(eq(transcripts.sermonId, sermonId), eq(transcripts.mediaRevision, mediaRevision)))
  await tx
    .delete(chapterLists)
    .where(and(eq(chapterLists.sermonId, sermonId), eq(chapterLists.mediaRevision, mediaRevision)))
  await discardCut(tx, cut)
  await enqueueEvent(tx, { type: 'sermon.tags-changed', churchId, sermonId, payload: { churchId, sermonId } })
}

/** Discards a cut that is not the current recording, and removes its files. */
export async function discardCut(
  tx: Transaction,
  { id, churchId, sermonId, mediaRevision }: StoredCut,
): Promise<void> {
  const removed = await tx
    .delete(mediaAssets)
    .where(
      and(
        eq(mediaAssets.sermonId, sermonId),
        eq(mediaAssets.revision, mediaRevision),
        inArray(mediaAssets.kind, ['rendition', 'download', 'podcast', 'waveform']),
      ),
    )
    .returning({ kind: mediaAssets.kind, bucket: mediaAssets.bucket, path: mediaAssets.path })
  const objects = removed.flatMap(({ kind, bucket, path }) => (kind === 'waveform' ? [] : [{ bucket, path }]))
  if (objects.length > 0) {
    await enqueueEvent(tx, { type: 'sermon.removed', churchId, payload: { churchId, objects } })
  }
  await tx.update(recordingCuts).set({ state: 'discarded' }).where(eq(recordingCuts.id, id))
}

/** The words of a recording as they are now, and as they arrived. */
async function readWords(
  tx: Transaction,
  { sermonId, mediaRevision }: { sermonId: string; mediaRevision: number },
): Promise<{ current: TranscriptRow; arrived: TranscriptRow | null } | null> {
  const ofRecording = and(eq(transcripts.sermonId, sermonId), eq(transcripts.mediaRevision, mediaRevision))
  const newest = (condition = ofRecording) =>
    tx.select().from(transcripts).where(condition).orderBy(desc(transcripts.revision)).limit(1)
  const [current] = await newest()
  const [arrived] = await newest(and(ofRecording, isNull(transcripts.editedBy)))
  return current ? { current, arrived: arrived ?? null } : null
}

async function addTranscript(tx: Transaction, { id: _, ...values }: TranscriptRow): Promise<TranscriptRow> {
  const { sermonId } = values
  const [newest] = await tx
    .select({ revision: max(transcripts.revision) })
    .from(transcripts)
    .where(eq(transcripts.sermonId, sermonId))
  const revision = (newest?.revision ?? 0) + 1
  const [row] = await tx
    .insert(transcripts)
    .values({ ...values, revision })
    .returning()
  if (!row) throw new Error('The transcript was not stored')
  await tx.update(sermons).set({ transcriptRevision: revision }).where(eq(sermons.id, sermonId))
  return row
}

function moveAlone(part: TranscriptRow, cut: StoredCut): TranscriptRow {
  const nothing = { ...part, words: [], sentences: [], wordIds: null, nextWordId: null, leftOut: null }
  return joinTranscript(
    { ...nothing, confidences: null, paragraphStarts: null, speakerTurns: null },
    part,
    cut,
  )
}

/**
 * Gives the passages within some words of a transcript to another one, whose words are at other places; the others are
 * made again when the sermon is indexed.
 */
async function movePassages(
  tx: Transaction,
  move: { of: string; to: string; firstWord: number; lastWord: number; byWords: number; byMs: number },
): Promise<void> {
  const ofTranscript = eq(passages.transcriptId, move.of)
  await tx
    .delete(passages)
    .where(
      and(
        ofTranscript,
        or(lt(passages.firstWord, move.firstWord), sql`${passages.lastWord} > ${move.lastWord}`),
      ),
    )
  await tx
    .update(passages)
    .set({
      transcriptId: move.to,
      firstWord: sql`${passages.firstWord} + ${move.byWords}::int`,
      lastWord: sql`${passages.lastWord} + ${move.byWords}::int`,
      startMs: sql`greatest(0, ${passages.startMs} + ${move.byMs}::int)`,
      endMs: sql`${passages.endMs} + ${move.byMs}::int`,
    })
    .where(ofTranscript)
}

/** Suggestions for words that are not in the other recording stay with theirs. */
async function moveSuggestions(
  tx: Transaction,
  { sermonId }: StoredCut,
  { to, ids }: { to: number; ids: ReadonlySet<number> },
): Promise<void> {
  const open = await tx
    .select()
    .from(transcriptSuggestions)
    .where(eq(transcriptSuggestions.sermonId, sermonId))
  const moved = open.filter(({ fromWord, toWord }) => ids.has(fromWord) && ids.has(toWord))
  if (moved.length === 0) return
  await tx
    .update(transcriptSuggestions)
    .set({ mediaRevision: to })
    .where(
      inArray(
        transcriptSuggestions.id,
        moved.map(({ id }) => id),
      ),
    )
}

/** Words whose times were only estimated are timed in the recording that they belong to now. */
async function requestTimes(
  tx: Transaction,
  { churchId, sermonId }: StoredCut,
  mediaRevision: number,
): Promise<void> {
  const words = await readWords(tx, { sermonId, mediaRevision })
  if (!words?.current.isApproximate || !words.arrived) return
  const payload = { churchId, sermonId, mediaRevision, transcriptId: words.arrived.id }
  await enqueueEvent(tx, { type: 'sermon.times-missing', churchId, sermonId, payload })
}

async function requestIndex(tx: Transaction, { churchId, sermonId }: StoredCut): Promise<void> {
  await storeReferences({ db: tx }, { sermonId })
  await setFacet(tx, { sermonId, facet: 'index', status: 'pending' })
  await enqueueEvent(tx, { type: 'sermon.reindex', churchId, sermonId, payload: { churchId, sermonId } })
}

async function moveChapters(tx: Transaction, cut: StoredCut): Promise<void> {
  const { churchId, sermonId, mediaRevision, baseRevision } = cut
  const lists = await readLists(tx, { sermonId, mediaRevision: baseRevision })
  for (const { source, chapters } of lists) {
    await storeChapterList(
      tx,
      { churchId, sermonId, mediaRevision },
      { source, chapters: cutChapters(chapters, cut) },
    )
  }
}

/** The lists of the whole recording were kept; only what a person changed in the part is taken over. */
async function restoreChapters(tx: Transaction, cut: StoredCut): Promise<void> {
  const { churchId, sermonId, mediaRevision, baseRevision } = cut
  const lists = await readLists(tx, { sermonId, mediaRevision: baseRevision })
  const part = (await readLists(tx, { sermonId, mediaRevision })).find(({ source }) => source === 'edited')
  if (!part) return
  const shown = chapterSources
    .map((source) => lists.find((list) => list.source === source))
    .find((list) => list && (list.source === 'edited' || list.chapters.length > 0))
  const before: Chapter[] = shown?.chapters ?? []
  if (JSON.stringify(cutChapters(before, cut)) === JSON.stringify(part.chapters)) return
  const chapters = joinChapters(before, part.chapters, cut)
  await storeChapterList(
    tx,
    { churchId, sermonId, mediaRevision: baseRevision },
    { source: 'edited', chapters },
  )
}

function readLists(
  tx: Transaction,
  { sermonId, mediaRevision }: { sermonId: string; mediaRevision: number },
) {
  return tx
    .select({ source: chapterLists.source, chapters: chapterLists.chapters })
    .from(chapterLists)
    .where(and(eq(chapterLists.sermonId, sermonId), eq(chapterLists.mediaRevision, mediaRevision)))
}

/** A place before the part is its start; a place after it counts as finished. 0 stays the start of either. */
async function movePositions(
  tx: Transaction,
  { sermonId }: StoredCut,
  { from, to, byMs, durationMs }: { from: number; to: number; byMs: number; durationMs: number },
): Promise<void> {
  const moved = sql`case when ${positions.positionMs} = 0 then 0 else ${positions.positionMs} + ${byMs}::int end`
  const isAfter = sql`${moved} >= ${durationMs}::int`
  await tx
    .update(positions)
    .set({
      mediaRevision: to,
      positionMs: sql`case when ${isAfter} then 0 else greatest(0, ${moved}) end`,
      isFinished: sql`${positions.isFinished} or ${isAfter}`,
    })
    .where(and(eq(positions.sermonId, sermonId), eq(positions.mediaRevision, from)))
}
