import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { and, eq, ne } from 'drizzle-orm'
import { parseBuffer } from 'music-metadata'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTestPlatform, type TestPlatform } from '#harness/start-test-platform.ts'
import { uploadSermon, waitForProcessing } from '#harness/upload-sermon.ts'
import { editChapters } from '#lib/chapters/edit-chapters.ts'
import { readEditableChapters } from '#lib/chapters/read-chapters.ts'
import { nextRecordingNumber } from '#lib/cuts/find-cut.ts'
import { readCut } from '#lib/cuts/read-cut.ts'
import { requestCut, undoCut } from '#lib/cuts/request-cut.ts'
import { requestProposal } from '#lib/cuts/request-proposal.ts'
import { events, mediaAssets, recordingCuts, runSteps, runs, sermons, transcripts } from '#lib/db/schema.ts'
import { cutRecording } from '#lib/pipeline/cut-recording.ts'
import { searchPassages } from '#lib/search/search-passages.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { readRenditions } from '#lib/sermons/read-renditions.ts'
import { readTranscript } from '#lib/sermons/read-transcript.ts'
import { readWaveform } from '#lib/sermons/read-waveform.ts'
import { downloadToFile } from '#lib/storage/download-to-file.ts'
import { readObjectInfo } from '#lib/storage/read-object-info.ts'

const sample = path.resolve(import.meta.dirname, '../samples/no-man-is-an-island')
/** Begins and ends between sentences. */
const part = { startMs: 16_200, endMs: 100_000 }

let platform: TestPlatform
let folder: string
let sermonId: string
let wholeMs: number

const target = () => ({ sermonId, churchId: platform.churchId, actorId: null })

beforeAll(async () => {
  platform = await startTestPlatform()
  folder = await mkdtemp(path.join(tmpdir(), 'selah-cut-'))
  const { services, churchId } = platform
  sermonId = await uploadSermon(services, {
    churchId,
    filePath: path.join(sample, 'audio.mp3'),
    transcriptFile: path.join(sample, 'transcript.vtt'),
  })
  await waitForProcessing(services, { sermonId, churchId, limitMs: 240_000 })
  wholeMs = (await findChurchSermon(services, { id: sermonId, churchId: platform.churchId })).durationMs ?? 0
}, 300_000)

afterAll(async () => {
  await platform?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** What a listener gets, read in one moment. */
async function published() {
  const { db } = platform.services
  const [row] = await db
    .select({ sermon: sermons, words: transcripts.words, assets: mediaAssets })
    .from(sermons)
    .innerJoin(
      transcripts,
      and(
        eq(transcripts.sermonId, sermons.id),
        eq(transcripts.mediaRevision, sermons.mediaRevision),
        eq(transcripts.revision, sermons.transcriptRevision),
      ),
    )
    .innerJoin(
      mediaAssets,
      and(
        eq(mediaAssets.sermonId, sermons.id),
        eq(mediaAssets.revision, sermons.mediaRevision),
        eq(mediaAssets.kind, 'podcast'),
      ),
    )
    .where(eq(sermons.id, sermonId))
  if (!row) throw new Error('sound and words do not belong together')
  return {
    durationMs: row.sermon.durationMs ?? 0,
    lastWordMs: row.words.at(-1)?.[2] ?? 0,
    podcast: row.assets,
  }
}

async function readPodcastFile() {
  const { podcast } = await published()
  const filePath = path.join(folder, 'podcast.mp3')
  await downloadToFile(platform.services, { bucket: podcast.bucket, path: podcast.path, filePath })
  return parseBuffer(
    await readFile(filePath),
    { mimeType: 'audio/mpeg' },
    { includeChapters: true, duration: true },
  )
}

const search = async (query: string) =>
  (
    await searchPassages(
      { db: platform.services.db, embedder: null },
      { query, limit: 3, scope: { sermonId, memberOf: [platform.churchId] } },
    )
  ).hits

const finishedRuns = async (taskId: string) =>
  (
    await platform.services.db
      .select()
      .from(runs)
      .where(and(eq(runs.sermonId, sermonId), eq(runs.taskId, taskId)))
  ).length

test('a part is published with its sound, words, chapters, waveform and podcast file at once, and transcribed by nobody', async () => {
  const { services } = platform
  const { revision } = await readEditableChapters(services, { sermonId })
  await editChapters(services, target(), {
    revision,
    chapters: [
      { title: 'Bells', startMs: 0 },
      { title: 'The church', startMs: 16_427 },
      { title: 'Islands', startMs: 60_000 },
      { title: 'Gold', startMs: 150_000 },
    ],
  })
  const heard = await finishedRuns('transcribe')
  const [bell] = await search('this bell tolls may be so ill')
  expect(bell?.startMs).toBeLessThan(6000)
  await requestCut(services, target(), part)
  // A person who looks in the meantime sees all of the one or all of the other.
  await vi.waitFor(
    async () => {
      const { durationMs, lastWordMs } = await published()
      expect([wholeMs, part.endMs - part.startMs]).toContain(durationMs)
      expect(lastWordMs).toBeLessThanOrEqual(durationMs)
      expect(lastWordMs).toBeGreaterThan(durationMs - 20_000)
      expect(durationMs).toBe(part.endMs - part.startMs)
    },
    { timeout: 120_000, interval: 100 },
  )
  const transcript = await readTranscript(services, { sermonId })
  expect(transcript?.words[0]?.[0]).toBe('The')
  expect(transcript?.words[0]?.[1]).toBeLessThan(300)
  const renditions = await readRenditions(services, { sermonId })
  for (const { name, playlist } of renditions) {
    const seconds = playlist.segments.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0)
    expect(Math.abs(seconds * 1000 - 83_800), name).toBeLessThan(100)
  }
  expect(await readWaveform(services, { sermonId })).toHaveLength(1800)
  const podcast = await readPodcastFile()
  expect(Math.abs((podcast.format.duration ?? 0) - 83.8)).toBeLessThan(0.1)
  expect(podcast.format.chapters?.map(({ title, start }) => [title, start])).toEqual([
    ['The church', 0.227],
    ['Islands', 43.8],
  ])
  await vi.waitFor(
    async () =>
      expect(
        (await findChurchSermon(services, { id: sermonId, churchId: platform.churchId })).facets.index.status,
      ).toBe('ready'),
    {
      timeout: 60_000,
    },
  )
  expect((await search('this bell tolls may be so ill')).filter(({ startMs }) => startMs < 0)).toEqual([])
  expect(
    (await findChurchSermon(services, { id: sermonId, churchId: platform.churchId })).recording?.cut,
  ).toEqual(part)
  expect(await finishedRuns('transcribe')).toBe(heard)
}, 200_000)

test('the whole recording returns at once with all its words, and the files of the part are removed', async () => {
  const { services } = platform
  const partFiles = await services.db
    .select()
    .from(mediaAssets)
    .where(
      and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.revision, 2), ne(mediaAssets.kind, 'waveform')),
    )
  expect(partFiles.length).toBeGreaterThan(3)
  await undoCut(services, target())
  const { durationMs, lastWordMs } = await published()
  expect(durationMs).toBe(wholeMs)
  expect(lastWordMs).toBe(203_927)
  expect((await readTranscript(services, { sermonId }))?.words[0]?.[0]).toBe('Perchance')
  await vi.waitFor(
    async () => {
      for (const file of partFiles) expect(await readObjectInfo(services, file)).toBeNull()
      const { format } = await readPodcastFile()
      expect(format.chapters?.map(({ title }) => title)).toEqual(['Bells', 'The church', 'Islands', 'Gold'])
      expect(
        (await findChurchSermon(services, { id: sermonId, churchId: platform.churchId })).facets.index.status,
      ).toBe('ready')
    },
    { timeout: 60_000, interval: 200 },
  )
  expect((await search('this bell tolls may be so ill'))[0]?.startMs).toBeLessThan(6000)
}, 100_000)

test('a job that is killed while it encodes resumes where it stopped, and until then nothing changes', async () => {
  const { services, churchId } = platform
  const { db } = services
  const mediaRevision = await nextRecordingNumber(db, { sermonId })
  const [cut] = await db
    .insert(recordingCuts)
    .values({ churchId, sermonId, mediaRevision, baseRevision: 1, baseDurationMs: wholeMs, ...part })
    .returning()
  if (!cut) throw new Error('the cut was not stored')
  const attempt = (number: number, signal: AbortSignal) =>
    cutRecording(
      { services, run: { runId: `run_${cut.id}`, taskId: 'cut-recording', attempt: number, signal } },
      { churchId, sermonId, cutId: cut.id },
    )
  const steps = async () => {
    const rows = await db
      .select()
      .from(runSteps)
      .where(eq(runSteps.workKey, `${sermonId}/media/${mediaRevision}`))
    return new Map(rows.map(({ name, status, attempt: by }) => [name, `${status} ${by}`]))
  }
  const killing = new AbortController()
  const first = attempt(1, killing.signal).catch((error: unknown) => error)
  await vi.waitFor(async () => expect((await steps()).get('encode')).toBe('running 1'), {
    timeout: 60_000,
    interval: 20,
  })
  killing.abort(new Error('killed'))
  expect(await first).toMatchObject({ message: 'killed' })
  expect((await published()).durationMs).toBe(wholeMs)
  expect(await attempt(2, new AbortController().signal)).toEqual({ outcome: 'published' })
  expect((await published()).durationMs).toBe(part.endMs - part.startMs)
  expect(Object.fromEntries(await steps())).toMatchObject({ measure: 'completed 1', encode: 'completed 2' })
  expect(await attempt(3, new AbortController().signal), 'run again').toEqual({ outcome: 'published' })
  await undoCut(services, target())
}, 120_000)

test('where the sermon begins and ends is proposed once, by a job', async () => {
  const { services, churchId } = platform
  await requestProposal(services, { sermonId, churchId })
  await requestProposal(services, { sermonId, churchId })
  await vi.waitFor(
    async () =>
      expect((await readCut(services, { sermonId })).proposal).toEqual({ state: 'ready', part: null }),
    { timeout: 60_000, interval: 200 },
  )
  const wanted = and(eq(events.sermonId, sermonId), eq(events.type, 'sermon.cut-unknown'))
  expect(await services.db.select().from(events).where(wanted)).toHaveLength(1)
}, 90_000)
