import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { and, eq, max } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { startTestGateway, type TestGateway } from '#harness/start-test-gateway.ts'
import { createServices, type Services } from '#lib/create-services.ts'
import { findUnpublishedCuts } from '#lib/cuts/find-cut.ts'
import { showPart } from '#lib/cuts/move-recording.ts'
import { requestCut } from '#lib/cuts/request-cut.ts'
import {
  events,
  mediaAssets,
  passages,
  recordingCuts,
  runs,
  type StoredWord,
  transcripts,
} from '#lib/db/schema.ts'
import { envSchema } from '#lib/env.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { isUnwanted } from '#lib/facets/unwanted-runs.ts'
import { indexSermon } from '#lib/pipeline/index-sermon.ts'
import { planProcessing } from '#lib/pipeline/plan-processing.ts'
import { storeTranscript } from '#lib/pipeline/store-transcript.ts'
import { recordRunCancelled } from '#lib/runs/record-run-cancelled.ts'
import { indexPassages } from '#lib/search/index-passages.ts'
import { searchPassages } from '#lib/search/search-passages.ts'
import { completeUpload } from '#lib/sermons/complete-upload.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { listEarlierTranscripts } from '#lib/sermons/list-earlier-transcripts.ts'
import { readProcessingTimes } from '#lib/sermons/read-processing-times.ts'
import { readDownload, readRenditions } from '#lib/sermons/read-renditions.ts'
import { readTranscript } from '#lib/sermons/read-transcript.ts'
import { readTranscriptSummary } from '#lib/sermons/read-transcript-summary.ts'
import { readWaveform } from '#lib/sermons/read-waveform.ts'
import { replaceRecording } from '#lib/sermons/replace-recording.ts'
import { reprocessSermon } from '#lib/sermons/reprocess-sermon.ts'
import { restoreRecording } from '#lib/sermons/restore-recording.ts'
import { supplyTranscript } from '#lib/sermons/supply-transcript.ts'
import { ensureBuckets } from '#lib/storage/ensure-buckets.ts'
import { uploadFile } from '#lib/storage/upload-file.ts'
import { createChurch, createProcessedSermon } from '#test/job-fixtures.ts'

let database: TestDatabase
let gateway: TestGateway
let services: Services
let folder: string
let churchId: string
let sermonId: string

const words: StoredWord[] = [
  ['The', 37_000, 37_300],
  ['lighthouse', 37_300, 38_000],
  ['stands.', 38_000, 38_500],
]

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'selah-replace-'))
  await writeFile(path.join(folder, 'recording'), 'another recording')
  database = await startTestDatabase()
  gateway = await startTestGateway({ connectionString: database.connectionString })
  services = createServices(
    envSchema.parse({
      DATABASE_URL: database.connectionString,
      SUPABASE_URL: gateway.url,
      SUPABASE_PUBLISHABLE_KEY: gateway.publishableKey,
      SUPABASE_SECRET_KEY: gateway.secretKey,
      TRIGGER_SECRET_KEY: 'unused',
    }),
  )
  await ensureBuckets(services)
})

afterAll(async () => {
  await services?.close()
  await gateway?.stop()
  await database?.stop()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  churchId = await createChurch(services.db)
  sermonId = await createProcessedSermon(services.db, { churchId })
})

async function addTranscript(source: 'upload' | 'deepgram'): Promise<void> {
  const { db } = services
  await db.insert(transcripts).values({
    churchId,
    sermonId,
    revision: 1,
    mediaRevision: 1,
    source,
    language: 'en',
    isDraft: source !== 'upload',
    words,
    sentences: [[0, 2]],
  })
  await indexPassages({ db, embedder: null }, { sermonId })
}

async function uploadAnotherRecording(): Promise<void> {
  const file = { fileName: 'better.mp3', sizeBytes: 17, contentType: 'audio/mpeg' }
  const { metadata } = await replaceRecording(services, {
    sermonId,
    churchId,
    actorId: randomUUID(),
    ...file,
  })
  await uploadFile(services, {
    bucket: 'originals',
    path: metadata.objectName,
    filePath: path.join(folder, 'recording'),
    contentType: 'audio/mpeg',
  })
}

async function replace(): Promise<void> {
  await uploadAnotherRecording()
  await completeUpload(services, { sermonId, churchId })
}

const lighthouse = async () =>
  (
    await searchPassages(
      { db: services.db, embedder: null },
      { query: 'lighthouse', limit: 3, scope: { sermonId, memberOf: [] } },
    )
  ).hits

const contextOf = (taskId: string) => ({
  services,
  run: { runId: `run_${randomUUID()}`, taskId, attempt: 1, signal: new AbortController().signal },
})

test('while the new recording is uploaded, the old one stays complete', async () => {
  await addTranscript('deepgram')
  await uploadAnotherRecording()
  expect(await readRenditions(services, { sermonId })).toHaveLength(1)
  expect((await readTranscript(services, { sermonId }))?.words).toEqual(words)
  expect(await lighthouse()).toHaveLength(1)
})

test('nothing that was made from the old recording is shown, searched or quoted with the new one', async () => {
  await addTranscript('deepgram')
  expect(await lighthouse()).toHaveLength(1)
  await replace()
  const sermon = await findChurchSermon(services, { id: sermonId, churchId })
  expect(sermon).toMatchObject({ mediaRevision: 2, durationMs: null })
  expect(sermon.facets.media.status).toBe('pending')
  expect(sermon.facets.transcript.status).toBe('pending')
  expect(sermon.facets.index.status).toBe('waiting')
  expect(await readTranscript(services, { sermonId })).toBeNull()
  expect(await readTranscriptSummary(services, { sermonId })).toBeNull()
  expect(await readWaveform(services, { sermonId })).toBeNull()
  await expect(readRenditions(services, { sermonId })).rejects.toMatchObject({ code: 'not_found' })
  await expect(readDownload(services, { sermonId, kind: 'download' })).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await lighthouse()).toEqual([])
})

/** As the task does when a part of the current recording is prepared. */
async function publishPart(): Promise<void> {
  const part = { startMs: 30_000, endMs: 50_000 }
  await requestCut(services, { sermonId, churchId, actorId: null }, part)
  await services.db.transaction(async (tx) => {
    const [cut] = await findUnpublishedCuts({ db: tx }, { sermonId })
    if (!cut) throw new Error('No part was requested.')
    await showPart(tx, cut, { durationMs: 20_000 })
    await tx.update(recordingCuts).set({ state: 'ready' }).where(eq(recordingCuts.id, cut.id))
  })
}

test.each([
  ['after', async () => [await publishPart(), await replace()]],
  [
    'before',
    async () => [
      await uploadAnotherRecording(),
      await publishPart(),
      await completeUpload(services, { sermonId, churchId }),
    ],
  ],
])(
  'a recording whose upload began %s a part was published replaces it, and the words are kept whole',
  async (_, act) => {
    await addTranscript('deepgram')
    await act()
    const sermon = await findChurchSermon(services, { id: sermonId, churchId })
    const [original] = await services.db
      .select({ newest: max(mediaAssets.revision) })
      .from(mediaAssets)
      .where(and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.kind, 'original')))
    expect(sermon).toMatchObject({ mediaRevision: original?.newest, durationMs: null })
    expect(await readTranscript(services, { sermonId })).toBeNull()
    const [kept] = await listEarlierTranscripts(services, { sermonId })
    const [row] = await services.db
      .select()
      .from(transcripts)
      .where(and(eq(transcripts.sermonId, sermonId), eq(transcripts.revision, kept?.revision ?? 0)))
    expect(row).toMatchObject({ mediaRevision: 1, words })
  },
)

test('a machine transcript is made again, and the old one is kept for the team', async () => {
  await addTranscript('deepgram')
  await replace()
  const plan = await planProcessing(contextOf('process-sermon'), {
    churchId,
    sermonId,
    mediaRevision: 2,
    redo: [],
  })
  expect(plan).toEqual({ superseded: false, media: true, transcript: 'listen' })
  expect(await listEarlierTranscripts(services, { sermonId })).toMatchObject([
    { revision: 1, source: 'deepgram' },
  ])
  expect((await readTranscript(services, { sermonId, revision: 1 }))?.words).toEqual(words)
})

test('an uploaded transcript is requested again, and the recording is transcribed only when a user requests that', async () => {
  await addTranscript('upload')
  await replace()
  const { facets } = await findChurchSermon(services, { id: sermonId, churchId })
  expect(facets.transcript).toMatchObject({
    status: 'waiting',
    error: { reason: 'transcript.of_earlier_recording' },
  })
  const request = { churchId, sermonId, mediaRevision: 2, redo: [] }
  expect((await planProcessing(contextOf('process-sermon'), request)).transcript).toBeNull()
  await reprocessSermon(services, { sermonId, churchId, redo: [] })
  expect((await planProcessing(contextOf('process-sermon'), request)).transcript).toBe('listen')
})

test('a run that still works on the old recording stores no transcript for the new one', async () => {
  await addTranscript('deepgram')
  await replace()
  const work = {
    db: services.db,
    workKey: `${sermonId}/transcript/1/heard`,
    churchId,
    sermonId,
    mediaRevision: 1,
    ...contextOf('transcribe').run,
  }
  const written = {
    source: 'deepgram' as const,
    language: 'en',
    isDraft: true,
    isApproximate: false,
    words,
    sentences: [[0, 2]] satisfies [number, number][],
  }
  expect(await storeTranscript(contextOf('transcribe'), work, written)).toBe(false)
  expect(await readTranscript(services, { sermonId })).toBeNull()
  const { facets } = await findChurchSermon(services, { id: sermonId, churchId })
  expect(facets.transcript.status).toBe('pending')
  expect(await indexSermon(contextOf('index-passages'), { churchId, sermonId })).toEqual({ superseded: true })
  expect(await services.db.select().from(passages).where(eq(passages.sermonId, sermonId))).toEqual([])
})

test('the recording that arrives is processed once', async () => {
  await addTranscript('deepgram')
  await replace()
  await completeUpload(services, { sermonId, churchId })
  const queued = await services.db
    .select({ payload: events.payload })
    .from(events)
    .where(and(eq(events.sermonId, sermonId), eq(events.type, 'sermon.uploaded')))
  expect(queued.map(({ payload }) => payload.mediaRevision)).toEqual([2])
})

test('cancelling a run that worked on the old recording does not mark the new one as failed', async () => {
  await addTranscript('deepgram')
  await services.db.insert(runs).values({
    id: `run_${sermonId}`,
    taskId: 'prepare-media',
    churchId,
    sermonId,
    status: 'running',
    payload: { churchId, sermonId, mediaRevision: 1 },
  })
  await replace()
  await recordRunCancelled(services, { runId: `run_${sermonId}` })
  const { facets } = await findChurchSermon(services, { id: sermonId, churchId })
  expect(facets.media).toMatchObject({ status: 'pending', error: null })
})

const restore = (recording?: number) =>
  restoreRecording(services, {
    sermonId,
    churchId,
    actorId: '00000000-0000-4000-8000-000000000001',
    recording,
  })

/** As the media job does when it has prepared the recording. */
async function prepareReplacement(): Promise<void> {
  const [rendition] = await services.db
    .select()
    .from(mediaAssets)
    .where(and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.kind, 'rendition')))
  if (!rendition) throw new Error('The first recording has no rendition.')
  const copy = { ...rendition, id: randomUUID(), revision: 2, path: `${rendition.path}-2` }
  await services.db.insert(mediaAssets).values(copy)
  await setFacet(services.db, { sermonId, facet: 'media', status: 'ready' })
}

describe('after a replacement that was prepared', () => {
  test('each recording can be used again with its own words, and the other one is kept', async () => {
    await addTranscript('deepgram')
    await replace()
    await prepareReplacement()
    await restore(1)
    expect(await findChurchSermon(services, { id: sermonId, churchId })).toMatchObject({ mediaRevision: 1 })
    expect((await readTranscript(services, { sermonId }))?.words).toEqual(words)
    const { otherRecordings } = await readProcessingTimes(services, { sermonId })
    expect(otherRecordings.map(({ revision, fileName }) => [revision, fileName])).toEqual([[2, 'better.mp3']])
    await restore(2)
    const sermon = await findChurchSermon(services, { id: sermonId, churchId })
    expect(sermon).toMatchObject({ mediaRevision: 2 })
    // It was never transcribed.
    expect(sermon.facets.transcript.status).toBe('pending')
    expect(await readTranscript(services, { sermonId })).toBeNull()
  })

  test('a recording that is current already, or that does not exist, is not restored', async () => {
    await replace()
    await prepareReplacement()
    for (const recording of [2, 3]) {
      await expect(restore(recording)).rejects.toMatchObject({ code: 'conflict' })
    }
    expect(await findChurchSermon(services, { id: sermonId, churchId })).toMatchObject({ mediaRevision: 2 })
  })
})

describe('after a replacement that cannot be prepared', () => {
  async function failReplacement(): Promise<void> {
    await replace()
    const error = { reason: 'media.unreadable', message: 'This file is not a recording.' }
    await setFacet(services.db, { sermonId, facet: 'media', status: 'failed', error })
  }

  test('the previous recording is restored with its audio, words and length, and is indexed again', async () => {
    await addTranscript('upload')
    await failReplacement()
    const { otherRecordings } = await readProcessingTimes(services, { sermonId })
    expect(otherRecordings.map(({ revision }) => revision)).toEqual([1])
    await restore()
    const sermon = await findChurchSermon(services, { id: sermonId, churchId })
    expect(sermon).toMatchObject({ mediaRevision: 1, durationMs: 6000 })
    expect(sermon.facets).toMatchObject({
      media: { status: 'ready', error: null },
      transcript: { status: 'ready', error: null },
      index: { status: 'pending' },
    })
    expect(await readRenditions(services, { sermonId })).toHaveLength(1)
    expect((await readTranscript(services, { sermonId }))?.words).toEqual(words)
    const [event] = await services.db
      .select({ payload: events.payload })
      .from(events)
      .where(and(eq(events.sermonId, sermonId), eq(events.type, 'sermon.reprocess')))
    expect(event?.payload).toMatchObject({ mediaRevision: 1, redo: ['index'] })
  })

  test('runs of the failed recording are no longer wanted, and the next replacement has a new number', async () => {
    await failReplacement()
    await restore()
    const runId = `run_${randomUUID()}`
    await services.db.insert(runs).values({
      ...{ id: runId, taskId: 'prepare-media', rootRunId: runId, churchId, sermonId, status: 'running' },
      payload: { churchId, sermonId, mediaRevision: 2 },
    })
    expect(await services.db.$count(runs, and(eq(runs.id, runId), isUnwanted))).toBe(1)
    await replace()
    expect((await findChurchSermon(services, { id: sermonId, churchId })).mediaRevision).toBe(3)
  })

  test('a transcript that is uploaded then belongs to the restored recording', async () => {
    await failReplacement()
    await restore()
    const bytes = Buffer.from('WEBVTT\n\n00:00.000 --> 00:04.000\nThe lighthouse stands.\n')
    await supplyTranscript(services, { sermonId, churchId, bytes, fileName: 'a.vtt' })
    const { facets } = await findChurchSermon(services, { id: sermonId, churchId })
    expect(facets.transcript.status).toBe('pending')
  })

  test('the first recording is not replaced by an earlier one', async () => {
    await expect(restore()).rejects.toMatchObject({ code: 'conflict' })
  })
})
