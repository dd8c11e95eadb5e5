import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { and, eq } from 'drizzle-orm'
import { parseBuffer } from 'music-metadata'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { findSharedData } from '#harness/find-shared-data.ts'
import { startTestPlatform, type TestPlatform } from '#harness/start-test-platform.ts'
import { uploadSermon, waitForProcessing } from '#harness/upload-sermon.ts'
import { editChapters } from '#lib/chapters/edit-chapters.ts'
import { readEditableChapters } from '#lib/chapters/read-chapters.ts'
import { mediaAssets, passages, runSteps, runs } from '#lib/db/schema.ts'
import { measureId3Tag } from '#lib/media/id3-tag.ts'
import { searchPassages } from '#lib/search/search-passages.ts'
import { readTranscript } from '#lib/sermons/read-transcript.ts'
import { readWaveform } from '#lib/sermons/read-waveform.ts'
import { reprocessSermon } from '#lib/sermons/reprocess-sermon.ts'
import { supplyTranscript } from '#lib/sermons/supply-transcript.ts'
import { downloadToFile } from '#lib/storage/download-to-file.ts'
import { readObjectInfo } from '#lib/storage/read-object-info.ts'
import { findRecogniser } from '#lib/transcripts/find-recogniser.ts'

const sample = path.resolve(import.meta.dirname, '../samples/no-man-is-an-island')
const speech = findSharedData('speech/jfk.wav')
const recogniser = await findRecogniser()

let platform: TestPlatform
let folder: string

beforeAll(async () => {
  platform = await startTestPlatform()
  folder = await mkdtemp(path.join(tmpdir(), 'selah-pipeline-'))
})

afterAll(async () => {
  await platform?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('a sample sermon with its captions', () => {
  let sermonId: string

  beforeAll(async () => {
    const { services, churchId } = platform
    sermonId = await uploadSermon(services, {
      churchId,
      filePath: path.join(sample, 'audio.mp3'),
      transcriptFile: path.join(sample, 'transcript.vtt'),
    })
    await waitForProcessing(services, { sermonId, churchId, limitMs: 240_000 })
    // The facets are ready shortly before the run that announces them ends.
    await vi.waitFor(
      async () => expect((await requestsOf(sermonId)).map(({ status }) => status)).toEqual(['completed']),
      { timeout: 60_000, interval: 100 },
    )
  }, 300_000)

  const requestsOf = (id: string) =>
    platform.services.db
      .select()
      .from(runs)
      .where(and(eq(runs.sermonId, id), eq(runs.taskId, 'process-sermon')))

  test('becomes playable, readable and searchable', async () => {
    const { services, churchId } = platform
    const sermon = await waitForProcessing(services, { sermonId, churchId })
    expect(sermon.facets.media).toMatchObject({ status: 'ready', progress: 100, error: null })
    expect(sermon.facets.transcript.status).toBe('ready')
    expect(sermon.facets.index.status).toBe('ready')
    expect(await readWaveform(services, { sermonId })).toHaveLength(1800)
    expect(await readTranscript(services, { sermonId })).toMatchObject({ source: 'upload', isDraft: false })
    const found = await searchPassages(
      { db: services.db, embedder: null },
      {
        query: 'for whom the bell tolls',
        limit: 3,
        scope: { sermonId, memberOf: [churchId] },
      },
    )
    expect(found.hits[0]?.text).toMatch(/bell/)
  })

  test('stores every step once and completes every run', async () => {
    const { db } = platform.services
    // The announcement follows when every facet is ready.
    const whole = and(eq(runs.sermonId, sermonId), eq(runs.taskId, 'process-sermon'))
    await expect.poll(async () => (await db.select().from(runs).where(whole))[0]?.status).toBe('completed')
    const steps = await db.select().from(runSteps).where(eq(runSteps.sermonId, sermonId))
    expect(steps.map(({ name }) => name).sort()).toEqual(
      [
        'announce',
        'embed',
        'encode',
        'find-pauses',
        'level',
        'make-playable',
        'measure',
        'plan',
        'probe',
        'read',
        'store',
        'store',
      ].sort(),
    )
    expect(steps.every(({ status }) => status === 'completed')).toBe(true)
    const recorded = await db.select().from(runs).where(eq(runs.sermonId, sermonId))
    expect(new Set(recorded.map(({ taskId }) => taskId))).toEqual(
      new Set(['process-sermon', 'prepare-media', 'read-transcript', 'index-passages', 'announce']),
    )
    expect(recorded.filter(({ status }) => status !== 'completed')).toEqual([])
  })

  test('repeats no finished work when it is processed again', async () => {
    const { services, churchId } = platform
    const { db } = services
    const before = await db.select().from(runSteps).where(eq(runSteps.sermonId, sermonId))
    const assets = await db.select().from(mediaAssets).where(eq(mediaAssets.sermonId, sermonId))
    const eventId = await reprocessSermon(services, { sermonId, churchId, redo: [] })
    await expect
      .poll(async () => (await db.select().from(runs).where(eq(runs.eventId, eventId)))[0]?.status)
      .toBe('completed')
    const after = await db.select().from(runSteps).where(eq(runSteps.sermonId, sermonId))
    const finished = (rows: typeof before) =>
      new Map(rows.map((step) => [step.id, step.finishedAt?.getTime()]))
    expect(finished(after)).toEqual(finished(before))
    expect(await db.select().from(mediaAssets).where(eq(mediaAssets.sermonId, sermonId))).toEqual(assets)
  })

  test('writes edited chapters into its podcast file, whose sound and address stay', async () => {
    const { services, churchId } = platform
    const { db } = services
    const isPodcast = and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.kind, 'podcast'))
    const readFileOf = async () => {
      const [asset] = await db.select().from(mediaAssets).where(isPodcast)
      if (!asset) throw new Error('There is no podcast file')
      const filePath = path.join(folder, 'podcast.mp3')
      await downloadToFile(services, { bucket: asset.bucket, path: asset.path, filePath })
      const bytes = await readFile(filePath)
      const info = await readObjectInfo(services, { bucket: asset.bucket, path: asset.path })
      return { asset, bytes, etag: info?.etag, sound: bytes.subarray(measureId3Tag(bytes)) }
    }
    const before = await readFileOf()
    const { revision } = await readEditableChapters({ db }, { sermonId })
    const chapters = [
      { title: 'For whom the bell tolls', startMs: 4000 },
      { title: 'Beginning', startMs: 0 },
    ]
    await editChapters({ db }, { sermonId, churchId }, { revision, chapters })
    await expect.poll(async () => (await readFileOf()).asset.details.tag).not.toBe(before.asset.details.tag)
    const after = await readFileOf()
    const { format, common } = await parseBuffer(
      after.bytes,
      { mimeType: 'audio/mpeg' },
      { includeChapters: true },
    )
    expect(format.chapters?.map(({ title, start }) => [title, start])).toEqual([
      ['Beginning', 0],
      ['For whom the bell tolls', 4],
    ])
    expect(common.picture).toHaveLength(1)
    expect(after.sound.equals(before.sound)).toBe(true)
    expect(after.asset).toMatchObject({ path: before.asset.path, sizeBytes: after.bytes.length })
    expect(after.bytes.length).toBe(before.bytes.length)
    expect(after.etag).not.toBe(before.etag)
  })

  test('accepts a corrected transcript and removes the passages of the old one', async () => {
    const { services, churchId } = platform
    const vtt = 'WEBVTT\n\n00:00.000 --> 00:20.000\nA corrected sentence about the lighthouse.\n'
    await supplyTranscript(services, {
      sermonId,
      churchId,
      bytes: Buffer.from(vtt),
      fileName: 'corrected.vtt',
    })
    const sermon = await waitForProcessing(services, { sermonId, churchId })
    expect(sermon.facets.index.status).toBe('ready')
    const rows = await services.db.select().from(passages).where(eq(passages.sermonId, sermonId))
    expect(rows.map(({ text }) => text)).toEqual(['A corrected sentence about the lighthouse.'])
  })
})

test.skipIf(!speech || !recogniser)(
  'real speech without captions is transcribed by the recogniser, as a draft [needs the shared recordings and pocketsphinx]',
  async () => {
    const { services, churchId } = platform
    const sermonId = await uploadSermon(services, { churchId, filePath: speech ?? '' })
    const sermon = await waitForProcessing(services, { sermonId, churchId, limitMs: 300_000 })
    expect(sermon.facets).toMatchObject({
      media: { status: 'ready' },
      transcript: { status: 'ready' },
      index: { status: 'ready' },
    })
    const transcript = await readTranscript(services, { sermonId })
    expect(transcript).toMatchObject({ source: 'recogniser', isDraft: true })
    expect(transcript?.words.map(([text]) => text.toLowerCase())).toContain('country')
  },
  360_000,
)

test('a file that is not a recording fails with a message on the sermon, and its original is kept', async () => {
  const { services, churchId } = platform
  const filePath = path.join(folder, 'notes.mp3')
  await writeFile(filePath, 'These are the notes of the sermon, not its sound.\n'.repeat(100))
  const sermonId = await uploadSermon(services, { churchId, filePath })
  const sermon = await waitForProcessing(services, { sermonId, churchId })
  expect(sermon.facets.media.status).toBe('failed')
  expect(sermon.facets.media.error?.reason).toBe('media.not_audio')
  expect(sermon.facets.media.error?.message).toMatch(/\.$/)
  const [original] = await services.db
    .select()
    .from(mediaAssets)
    .where(and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.kind, 'original')))
  expect(original?.uploadedAt).not.toBeNull()
  const { error } = await services.storage.client.from('originals').info(original?.path ?? '')
  expect(error).toBeNull()
})

test('an empty file is refused with an error on the sermon', async () => {
  const { services, churchId } = platform
  const filePath = path.join(folder, 'empty.mp3')
  await writeFile(filePath, '')
  const sermonId = await uploadSermon(services, { churchId, filePath })
  const sermon = await waitForProcessing(services, { sermonId, churchId })
  expect(sermon.facets.media).toMatchObject({ status: 'failed', error: { reason: 'media.empty' } })
})
