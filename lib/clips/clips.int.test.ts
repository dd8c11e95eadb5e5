import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import type { Actor } from '#lib/auth/actor.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { clips, events, mediaAssets, profiles, sermons, transcripts } from '#lib/db/schema.ts'
import { correctTranscript } from '#lib/sermons/correct-transcript.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { unpublishSermon } from '#lib/sermons/publish-sermon.ts'
import { readTranscript } from '#lib/sermons/read-transcript.ts'
import { transcriptPatchSchema } from '#lib/sermons/transcript-input.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { findVisibleClip, listClips } from './find-clip.ts'
import { MAX_WAITING_CLIPS, requestClip } from './request-clip.ts'
import { CLIP_KEEP_DAYS, sweepClips } from './sweep-clips.ts'

let database: TestDatabase
let connection: DatabaseConnection
let db: Database
let churchId: string
let actorId: string
let sermonId: string
let starts: number[]

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  db = connection.db
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

const text =
  'He was the king of Salem. He brought out bread and wine. He blessed Abram. Abram gave him a tenth. ' +
  'The king of Sodom spoke. He wanted the people.'

beforeEach(async () => {
  churchId = await createChurch(db)
  actorId = randomUUID()
  await db.insert(profiles).values({ id: actorId, email: `${actorId}@example.org`, displayName: 'Ruth' })
  sermonId = await publish(text)
  const transcript = await readTranscript({ db }, { sermonId })
  starts = (transcript?.sentences ?? []).map(([first]) => transcript?.words[first]?.[1] ?? 0)
})

/** A published sermon that can be played, without its files. */
async function publish(words: string): Promise<string> {
  const created = await createTextSermon(
    { db },
    { churchId, createdBy: null, title: 'A priest', text: words, publish: true },
  )
  await db
    .update(sermons)
    .set({ isTextOnly: false, mediaStatus: 'ready', mediaRevision: 1 })
    .where(eq(sermons.id, created.sermonId))
  await db.update(transcripts).set({ mediaRevision: 1 }).where(eq(transcripts.sermonId, created.sermonId))
  return created.sermonId
}

const request = (sentence: number, shape: 'square' | 'audio' = 'square', own = { sermonId, churchId }) => {
  const startMs = starts[sentence] ?? 0
  return requestClip({ db }, { ...own, actorId, span: { startMs, endMs: startMs }, shape })
}
/** A clip as its run leaves it. */
async function ready(sentence: number) {
  const { id } = await request(sentence)
  await db.update(clips).set({ status: 'ready', sizeBytes: 1000 }).where(eq(clips.id, id))
  await db.insert(mediaAssets).values({
    ...{ churchId, sermonId, kind: 'clip', name: id, revision: 1, bucket: 'media', sizeBytes: 1000 },
    ...{ path: `${churchId}/${sermonId}/1/clip-${id}.mp4`, contentType: 'video/mp4' },
  })
  return id
}
const member = (church = churchId): Actor => ({
  userId: actorId,
  email: 'ruth@example.org',
  displayName: 'Ruth',
  memberships: [
    { churchId: church, churchName: 'A church', timeZone: 'UTC', language: 'en', role: 'viewer' },
  ],
})
const seenBy = (id: string, actor: Actor | null) =>
  findVisibleClip({ db }, { id, actor }).then(
    ({ isCurrent }) => (isCurrent ? 'current' : 'outdated'),
    (error: { code: string }) => error.code,
  )
const correct = async (from: number, to: number, words: string) => {
  const [sermon] = await db.select().from(sermons).where(eq(sermons.id, sermonId))
  const patch = transcriptPatchSchema.parse({
    revision: sermon?.transcriptRevision,
    edits: [{ from: `w${from}`, to: `w${to}`, text: words }],
  })
  await correctTranscript({ db, now: () => new Date() }, { sermonId, churchId, actorId }, patch)
}

test('a request stores its clip and its work together, once for the same passage and shape', async () => {
  const [one, again] = await Promise.all([request(0), request(0)])
  expect(again.id).toBe(one.id)
  expect((await request(0, 'audio')).id).not.toBe(one.id)
  const requested = await db.select().from(events).where(eq(events.type, 'sermon.clip-requested'))
  expect(requested.filter(({ payload }) => payload.clipId === one.id)).toHaveLength(1)
  expect(one).toMatchObject({ text: 'He was the king of Salem.', status: 'pending' })
})

test('listeners see a ready clip of a published sermon only, the team every clip of its own church', async () => {
  const id = await ready(0)
  expect(await seenBy(id, null)).toBe('current')
  expect(await seenBy(id, member(randomUUID()))).toBe('current')
  await unpublishSermon({ db }, { sermonId, churchId })
  expect(await seenBy(id, null)).toBe('not_found')
  expect(await seenBy(id, member(randomUUID()))).toBe('not_found')
  expect(await seenBy(id, member())).toBe('current')
  await db.update(sermons).set({ publication: 'published' }).where(eq(sermons.id, sermonId))
  const waiting = (await request(1)).id
  expect(await seenBy(waiting, null)).toBe('not_found')
  expect(await listClips({ db }, { sermonId, actor: null })).toHaveLength(1)
  expect(await listClips({ db }, { sermonId, actor: member() })).toHaveLength(2)
  await db
    .update(sermons)
    .set({ publication: 'draft', trashedAt: new Date() })
    .where(eq(sermons.id, sermonId))
  expect(await seenBy(id, member())).toBe('not_found')
})

test('a correction of its words makes a clip out of date, a correction of others does not', async () => {
  const id = await ready(0)
  await correct(20, 20, 'tithe.')
  expect(await seenBy(id, null)).toBe('current')
  await correct(5, 5, 'Jerusalem.')
  expect(await seenBy(id, null)).toBe('not_found')
  expect(await seenBy(id, member())).toBe('outdated')
  expect((await request(0)).id, 'the new words are another clip').not.toBe(id)
})

test('a new recording makes every clip out of date', async () => {
  const id = await ready(0)
  await db.update(sermons).set({ mediaRevision: 2 }).where(eq(sermons.id, sermonId))
  expect(await seenBy(id, null)).toBe('not_found')
  expect(await seenBy(id, member())).toBe('outdated')
})

test('a passage that cannot become a clip is refused with a sentence that says what to do', async () => {
  await expect(
    requestClip({ db }, { sermonId, churchId, actorId, span: { startMs: 1, endMs: 2 }, shape: 'square' }),
  ).rejects.toMatchObject({ code: 'not_found' })
  const long = await publish(
    Array.from({ length: 40 }, (_, at) => `Sentence ${at} has some words.`).join(' '),
  )
  await expect(
    requestClip(
      { db },
      { ...{ sermonId: long, churchId, actorId }, span: { startMs: 0, endMs: 90_000 }, shape: 'audio' },
    ),
  ).rejects.toMatchObject({ reason: 'clip.too_long' })
  const chinese = { sermonId: await publish('耶和华是我的牧者，我必不至缺乏。'), churchId }
  await expect(request(0, 'square', chinese)).rejects.toMatchObject({ reason: 'clip.no_letters' })
  expect(await request(0, 'audio', chinese)).toMatchObject({ status: 'pending' })
  await expect(request(0, 'square', { sermonId, churchId: randomUUID() })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('a church has a limited number of clips that wait', async () => {
  for (let at = 0; at < MAX_WAITING_CLIPS; at += 1) await request(at)
  await expect(request(MAX_WAITING_CLIPS)).rejects.toMatchObject({ reason: 'clip.too_many_waiting' })
})

test('a clip that no run makes any more is marked as failed, and made again on request', async () => {
  const { id, eventId } = await request(0)
  const later = (ms: number) => () => new Date(Date.now() + ms)
  await sweepClips({ db, now: later(10 * 60_000) })
  expect((await db.select().from(clips).where(eq(clips.id, id)))[0]?.status, 'its event waits').toBe(
    'pending',
  )
  await db
    .update(events)
    .set({ state: 'cancelled' })
    .where(eq(events.id, eventId ?? ''))
  await sweepClips({ db, now: later(10 * 60_000) })
  expect((await db.select().from(clips).where(eq(clips.id, id)))[0]).toMatchObject({
    status: 'failed',
    error: { reason: 'clip.stopped' },
  })
  expect(await request(0)).toMatchObject({ id, status: 'pending', error: null })
})

test('a clip that stays out of date is deleted with its file, one that is current stays', async () => {
  const [outdated, current] = [await ready(0), await ready(1)]
  await correct(5, 5, 'Jerusalem.')
  const now = Date.now()
  await sweepClips({ db, now: () => new Date(now) })
  await sweepClips({ db, now: () => new Date(now + (CLIP_KEEP_DAYS - 1) * 86_400_000) })
  expect(await db.select().from(clips).where(eq(clips.sermonId, sermonId))).toHaveLength(2)
  await sweepClips({ db, now: () => new Date(now + (CLIP_KEEP_DAYS + 1) * 86_400_000) })
  const left = await db.select().from(clips).where(eq(clips.sermonId, sermonId))
  expect(left.map(({ id }) => id)).toEqual([current])
  const removals = await db.select().from(events).where(eq(events.type, 'sermon.removed'))
  expect(JSON.stringify(removals.map(({ payload }) => payload))).toContain(outdated)
})

test('a clip says that its words are a draft until a person has reviewed them', async () => {
  const id = await ready(0)
  const isDraft = async () => (await findVisibleClip({ db }, { id, actor: null })).isDraft
  expect(await isDraft()).toBe(false)
  await db.update(transcripts).set({ isDraft: true }).where(eq(transcripts.sermonId, sermonId))
  expect(await isDraft()).toBe(true)
  expect((await listClips({ db }, { sermonId, actor: null })).map((found) => found.isDraft)).toEqual([true])
})
