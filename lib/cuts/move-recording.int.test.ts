import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { editChapters } from '#lib/chapters/edit-chapters.ts'
import { readChapters } from '#lib/chapters/read-chapters.ts'
import { findVisibleClip } from '#lib/clips/find-clip.ts'
import { readClipFile } from '#lib/clips/read-clip-file.ts'
import { requestClip } from '#lib/clips/request-clip.ts'
import { readCut } from '#lib/cuts/read-cut.ts'
import { requestCut, undoCut } from '#lib/cuts/request-cut.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import {
  chapterLists,
  clips,
  events,
  mediaAssets,
  passages,
  positions,
  profiles,
  recordingCuts,
  type StoredWord,
  scriptureRefs,
  sermons,
  transcripts,
} from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { storeReferences } from '#lib/scripture/store-references.ts'
import { indexPassages } from '#lib/search/index-passages.ts'
import { correctTranscript } from '#lib/sermons/correct-transcript.ts'
import { listEarlierTranscripts } from '#lib/sermons/list-earlier-transcripts.ts'
import { readTranscript } from '#lib/sermons/read-transcript.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'
import { nextRecordingNumber } from './find-cut.ts'
import { showPart, showWhole } from './move-recording.ts'

let database: TestDatabase
let connection: DatabaseConnection
let db: Database
let churchId: string
let sermonId: string
const userId = randomUUID()

const WORD_MS = 400
const COUNT = 1500
const DURATION_MS = COUNT * WORD_MS
/** From the word 300 to the word 1199, of which the first names a passage of the Bible. */
const cut = { startMs: 120_000, endMs: 480_000 }

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  db = connection.db
  await db.insert(profiles).values({ id: userId, email: 'anna@example.org', displayName: 'Anna' })
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

beforeEach(async () => {
  churchId = await createChurch(db)
  const [id = ''] = await createSermons(db, {
    ...{ churchId, count: 1, mediaStatus: 'ready', transcriptStatus: 'ready', indexStatus: 'ready' },
    ...{ durationMs: DURATION_MS, transcriptRevision: 1 },
  })
  sermonId = id
  await db.insert(mediaAssets).values({
    ...{ churchId, sermonId, kind: 'original', revision: 1, bucket: 'originals', path: `${sermonId}/1` },
    ...{ contentType: 'audio/wav', sizeBytes: 1, uploadedAt: new Date() },
  })
  const words = Array.from({ length: COUNT }, (_, place): StoredWord => {
    const named = { 100: 'Genesis', 101: '1:1', 600: 'Romans', 601: '8:28', 1400: 'John', 1401: '3:16' }
    const text = Object.entries(named).find(([at]) => Number(at) === place)?.[1] ?? `word${place}`
    return [place % 10 === 9 ? `${text}.` : text, place * WORD_MS, place * WORD_MS + 350]
  })
  await db.insert(transcripts).values({
    ...{ churchId, sermonId, revision: 1, mediaRevision: 1, source: 'deepgram', language: 'en' },
    ...{ isDraft: false, words },
    sentences: Array.from({ length: COUNT / 10 }, (_, place) => [place * 10, place * 10 + 9]),
  })
  await db.insert(chapterLists).values({
    ...{ churchId, sermonId, mediaRevision: 1, source: 'detected' },
    chapters: [
      { title: 'Songs', startMs: 0 },
      { title: 'Sermon', startMs: 118_000 },
      { title: 'Romans', startMs: 240_000 },
      { title: 'Closing', startMs: 500_000 },
    ],
  })
  await index()
})

async function index(): Promise<void> {
  await indexPassages({ db, embedder: null }, { sermonId })
  await storeReferences({ db }, { sermonId })
}

/** As the task does when the part is prepared. */
async function publishPart(part = cut): Promise<void> {
  const author = { sermonId, churchId, actorId: null }
  await requestCut({ db }, author, part)
  await db.transaction(async (tx) => {
    const [stored] = await tx
      .select()
      .from(recordingCuts)
      .where(and(eq(recordingCuts.sermonId, sermonId), eq(recordingCuts.state, 'pending')))
    if (!stored) throw new Error('no part was requested')
    const [current] = await tx
      .select()
      .from(recordingCuts)
      .where(and(eq(recordingCuts.sermonId, sermonId), eq(recordingCuts.state, 'ready')))
    if (current) await showWhole(tx, current)
    await showPart(tx, stored, { durationMs: part.endMs - part.startMs })
    await tx.update(recordingCuts).set({ state: 'ready' }).where(eq(recordingCuts.id, stored.id))
  })
}

const undo = () => undoCut({ db }, { sermonId, churchId, actorId: null })

/** Everything with a time that people see, search and quote. */
async function shown() {
  const transcript = await readTranscript({ db }, { sermonId })
  const found = await db
    .select()
    .from(passages)
    .where(eq(passages.sermonId, sermonId))
    .orderBy(passages.position)
  const named = await db.select().from(scriptureRefs).where(eq(scriptureRefs.sermonId, sermonId))
  const words = transcript?.words ?? []
  return {
    words,
    sentences: transcript?.sentences,
    passages: found.map(({ startMs, endMs, text, firstWord, lastWord, transcriptId }) => {
      expect(transcriptId).toBe(transcript?.id)
      expect(text, 'the words of a passage are at its place').toBe(
        words
          .slice(firstWord, lastWord + 1)
          .map(([word]) => word)
          .join(' '),
      )
      expect(words[firstWord]?.[1]).toBe(startMs)
      expect(words[lastWord]?.[2]).toBe(endMs)
      return { startMs, endMs }
    }),
    references: named.map(({ firstWord }) => words[firstWord ?? -1]?.[0]).toSorted(),
    chapters: (await readChapters({ db }, { sermonId })).chapters,
  }
}

test('words, passages, chapters and references of a part are in its times, before it is indexed again and after', async () => {
  const before = await shown()
  await publishPart()
  const atOnce = await shown()
  expect(atOnce.words).toHaveLength(900)
  expect(atOnce.words[0]).toEqual(['word300', 0, 350])
  expect(atOnce.words.at(-1)).toEqual(['word1199.', 899 * WORD_MS, 899 * WORD_MS + 350])
  expect(atOnce.references).toEqual(['Romans'])
  expect(atOnce.chapters).toEqual([
    { title: 'Sermon', startMs: 0 },
    { title: 'Romans', startMs: 120_000 },
    // The last one begins after the end.
  ])
  expect(atOnce.passages.length, 'only passages at the edges are missing').toBeGreaterThanOrEqual(
    before.passages.length * 0.5,
  )
  await index()
  const { passages: after } = await shown()
  expect(after[0]?.startMs).toBe(0)
  expect(after.at(-1)?.endMs).toBe(899 * WORD_MS + 350)
  expect(await listEarlierTranscripts({ db }, { sermonId })).toEqual([])
})

test('the whole recording has everything again, and keeps what was corrected in the part', async () => {
  const before = await shown()
  await publishPart()
  const [row] = await db.select().from(sermons).where(eq(sermons.id, sermonId))
  await correctTranscript(
    { db, now: () => new Date() },
    { sermonId, churchId, actorId: userId },
    { revision: row?.transcriptRevision ?? 0, edits: [{ from: 303, to: 303, text: 'corrected words' }] },
  )
  await editChapters(
    { db },
    { sermonId, churchId },
    {
      revision: 0,
      chapters: [
        { title: 'Renamed', startMs: 0 },
        { title: 'New', startMs: 60_000 },
      ],
    },
  )
  await undo()
  const atOnce = await shown()
  await index()
  const after = await shown()
  expect(after.words.map(([text]) => text)).toEqual(
    before.words.flatMap(([text]) => (text === 'word303' ? ['corrected', 'words'] : [text])),
  )
  expect(after.words.slice(305)).toEqual(before.words.slice(304))
  expect(after.references).toEqual(before.references)
  expect(after.passages.length).toBe(before.passages.length)
  expect(atOnce.chapters).toEqual([
    { title: 'Songs', startMs: 0 },
    { title: 'Renamed', startMs: 118_000 },
    { title: 'New', startMs: 180_000 },
    { title: 'Closing', startMs: 500_000 },
  ])
  const [sermon] = await db.select().from(sermons).where(eq(sermons.id, sermonId))
  expect(sermon).toMatchObject({ mediaRevision: 1, durationMs: DURATION_MS, transcriptStatus: 'ready' })
})

test('another part is cut from the whole, with the words that the first one left out', async () => {
  await publishPart()
  await publishPart({ startMs: 40_000, endMs: 200_000 })
  const { words, references } = await shown()
  expect(words[0]).toEqual(['Genesis', 0, 350])
  expect(words).toHaveLength(400)
  expect(references).toEqual(['Genesis'])
  const [sermon] = await db.select().from(sermons).where(eq(sermons.id, sermonId))
  expect(sermon?.mediaRevision, 'a number that no recording had before').toBe(3)
  await undo()
  expect((await shown()).words).toHaveLength(COUNT)
  expect(await db.transaction((tx) => nextRecordingNumber(tx, { sermonId }))).toBe(4)
})

test.each([
  ['in the part', 200_000, 80_000, 200_000],
  ['before the part', 60_000, 0, 0],
  ['at the start', 0, 0, 0],
] as const)(
  'a listener who is %s is at the same words in both recordings',
  async (_, atMs, inPartMs, againMs) => {
    const place = { userId, sermonId, mediaRevision: 1, positionMs: atMs, listenedAt: new Date() }
    await db.insert(positions).values(place)
    const stored = async () => (await db.select().from(positions).where(eq(positions.sermonId, sermonId)))[0]
    await publishPart()
    expect(await stored()).toMatchObject({ mediaRevision: 2, positionMs: inPartMs, isFinished: false })
    await undo()
    expect(await stored()).toMatchObject({ mediaRevision: 1, positionMs: againMs, isFinished: false })
  },
)

test('a listener who is after the part has finished it', async () => {
  await db
    .insert(positions)
    .values({ userId, sermonId, mediaRevision: 1, positionMs: 550_000, listenedAt: new Date() })
  await publishPart()
  const [stored] = await db.select().from(positions).where(eq(positions.sermonId, sermonId))
  expect(stored).toMatchObject({ positionMs: 0, isFinished: true })
})

test('a part that fails in the middle of its publication changes nothing', async () => {
  const before = await shown()
  await requestCut({ db }, { sermonId, churchId, actorId: null }, cut)
  await expect(
    db.transaction(async (tx) => {
      const [stored] = await tx.select().from(recordingCuts).where(eq(recordingCuts.sermonId, sermonId))
      if (stored) await showPart(tx, stored, { durationMs: 360_000 })
      throw new Error('killed')
    }),
  ).rejects.toThrow('killed')
  expect(await shown()).toEqual(before)
})

test('a part without words, outside the recording, or without its uploaded file is refused', async () => {
  const author = { sermonId, churchId, actorId: null }
  const request = (part: { startMs: number; endMs: number }) => requestCut({ db }, author, part)
  await expect(request({ startMs: 0, endMs: DURATION_MS + 1 })).rejects.toMatchObject({
    reason: 'cut.outside',
  })
  await expect(request({ startMs: 5000, endMs: 5500 })).rejects.toMatchObject({ reason: 'cut.too_short' })
  await expect(request({ startMs: 0, endMs: DURATION_MS })).rejects.toMatchObject({ reason: 'cut.whole' })
  await expect(
    requestCut({ db }, { ...author, churchId: await createChurch(db) }, cut),
  ).rejects.toMatchObject({ code: 'not_found' })
  await db
    .update(transcripts)
    .set({ words: [['late', 500_000, 500_300]] })
    .where(eq(transcripts.sermonId, sermonId))
  await expect(publishPart()).rejects.toMatchObject({ reason: 'cut.no_words' })
  expect((await readCut({ db }, { sermonId })).requested).toMatchObject(cut)
  await undo()
  expect((await readCut({ db }, { sermonId })).requested).toBeNull()
  await db.delete(mediaAssets).where(eq(mediaAssets.sermonId, sermonId))
  await expect(request(cut)).rejects.toMatchObject({ reason: 'cut.no_original' })
})

test('a request that replaces another one leaves one event to be worked on', async () => {
  const author = { sermonId, churchId, actorId: null }
  await requestCut({ db }, author, cut)
  await requestCut({ db }, author, { ...cut, startMs: 100_000 })
  const wanted = await db.select().from(recordingCuts).where(eq(recordingCuts.sermonId, sermonId))
  expect(wanted.map(({ state, mediaRevision }) => [state, mediaRevision])).toEqual([
    ['discarded', 2],
    ['pending', 3],
  ])
  const requested = await db
    .select()
    .from(events)
    .where(and(eq(events.sermonId, sermonId), eq(events.type, 'sermon.cut-requested')))
  expect(requested).toHaveLength(2)
})

/** A clip of the sentence that begins at a time, as its run leaves it. */
async function makeClip(startMs: number): Promise<string> {
  const input = { sermonId, churchId, actorId: userId, shape: 'audio' as const }
  const { id, mediaRevision } = await requestClip({ db }, { ...input, span: { startMs, endMs: startMs } })
  await db.update(clips).set({ status: 'ready' }).where(eq(clips.id, id))
  await db.insert(mediaAssets).values({
    ...{ churchId, sermonId, kind: 'clip', name: id, revision: mediaRevision, bucket: 'media' },
    ...{ path: `${sermonId}/clip-${id}.m4a`, contentType: 'audio/mp4', sizeBytes: 1 },
  })
  return id
}

/** Where listeners find a clip, or that they do not. */
async function findClip(id: string): Promise<number | string> {
  try {
    await readClipFile({ db }, { id, actor: null })
    return (await findVisibleClip({ db }, { id, actor: null })).clip.startMs
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}

test('a shared clip stays where its words are published, before and after', async () => {
  await db.update(sermons).set({ publication: 'published' }).where(eq(sermons.id, sermonId))
  const [inside, outside] = [await makeClip(200_000), await makeClip(40_000)]
  await publishPart()
  expect(await findClip(inside)).toBe(80_000)
  expect(await findClip(outside)).toBe('not_found')
  const madeInPart = await makeClip(120_000)
  await publishPart({ startMs: 160_000, endMs: 480_000 })
  expect(await findClip(inside)).toBe(40_000)
  expect(await findClip(madeInPart)).toBe(80_000)
  await undo()
  expect(await findClip(inside)).toBe(200_000)
  expect(await findClip(outside)).toBe(40_000)
  expect(await findClip(madeInPart)).toBe(240_000)
})

test('a clip whose words were corrected in the part does not come back with the whole', async () => {
  await db.update(sermons).set({ publication: 'published' }).where(eq(sermons.id, sermonId))
  const id = await makeClip(200_000)
  await publishPart()
  const [sermon] = await db.select().from(sermons).where(eq(sermons.id, sermonId))
  const patch = { revision: sermon?.transcriptRevision ?? 0, edits: [{ from: 502, to: 502, text: 'grace' }] }
  await correctTranscript({ db, now: () => new Date() }, { sermonId, churchId, actorId: userId }, patch)
  expect(await findClip(id)).toBe('not_found')
  await undo()
  expect(await findClip(id)).toBe('not_found')
})
