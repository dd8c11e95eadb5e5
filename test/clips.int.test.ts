import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { and, eq } from 'drizzle-orm'
import { AV_CODEC_ID_AAC, AV_CODEC_ID_H264 } from 'node-av/constants'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DecodedPicture, decodePictures } from '#harness/decode-pictures.ts'
import { findMediaProcesses } from '#harness/find-media-processes.ts'
import { startTestPlatform, type TestPlatform } from '#harness/start-test-platform.ts'
import { uploadSermon, waitForProcessing } from '#harness/upload-sermon.ts'
import { deleteClip } from '#lib/clips/delete-clip.ts'
import { readClipFile } from '#lib/clips/read-clip-file.ts'
import { requestClip } from '#lib/clips/request-clip.ts'
import { type ClipShape, clips, mediaAssets, profiles, runs, sermons } from '#lib/db/schema.ts'
import { readTranscript } from '#lib/sermons/read-transcript.ts'
import { downloadToFile } from '#lib/storage/download-to-file.ts'
import { readObjectInfo } from '#lib/storage/read-object-info.ts'

const sample = path.resolve(import.meta.dirname, '../samples/no-man-is-an-island')
const actorId = '7f3f9f0a-6a6f-4d6e-9d52-0c3a4a0d1b11'

let platform: TestPlatform
let folder: string
let sermonId: string
/** Where the sentences of the sermon begin and end, in milliseconds. */
let sentences: { startMs: number; endMs: number }[]

beforeAll(async () => {
  platform = await startTestPlatform()
  folder = await mkdtemp(path.join(tmpdir(), 'selah-clips-'))
  const { services, churchId } = platform
  await services.db.insert(profiles).values({ id: actorId, email: 'ruth@example.org', displayName: 'Ruth' })
  sermonId = await uploadSermon(services, {
    churchId,
    title: 'No man is an island',
    filePath: path.join(sample, 'audio.mp3'),
    transcriptFile: path.join(sample, 'transcript.vtt'),
  })
  await waitForProcessing(services, { sermonId, churchId, limitMs: 240_000 })
  await services.db.update(sermons).set({ publication: 'published' }).where(eq(sermons.id, sermonId))
  const transcript = await readTranscript(services, { sermonId })
  sentences = (transcript?.sentences ?? []).map(([first, last]) => ({
    startMs: transcript?.words[first]?.[1] ?? 0,
    endMs: transcript?.words[last]?.[2] ?? 0,
  }))
}, 300_000)

afterAll(async () => {
  await platform?.stop()
  await rm(folder, { recursive: true, force: true })
})

const passage = (first: number, last = first) => ({
  startMs: sentences[first]?.startMs ?? 0,
  endMs: sentences[last]?.endMs ?? 0,
})
const request = (shape: ClipShape, span: { startMs: number; endMs: number }) =>
  requestClip(platform.services, { sermonId, churchId: platform.churchId, actorId, span, shape })
const rowOf = async (id: string) =>
  (await platform.services.db.select().from(clips).where(eq(clips.id, id)))[0]

async function waitForClip(id: string) {
  await expect
    .poll(async () => (await rowOf(id))?.status, { timeout: 120_000, interval: 200 })
    .not.toMatch(/pending|running/)
  const row = await rowOf(id)
  expect(row).toMatchObject({ status: 'ready', progress: 100, error: null })
  return row
}

async function download(id: string) {
  const file = await readClipFile(platform.services, { id, actor: null })
  const filePath = path.join(folder, file.fileName)
  await rm(filePath, { force: true })
  await downloadToFile(platform.services, { bucket: file.bucket, path: file.path, filePath })
  return filePath
}

/** How many pixels of some rows differ between two pictures by more than what encoding changes. */
function countChanged(one: DecodedPicture, other: DecodedPicture, from: number, to: number): number {
  let changed = 0
  for (let at = from * one.width * 3; at < to * one.width * 3; at += 3) {
    if (Math.abs((one.rgb[at] ?? 0) - (other.rgb[at] ?? 0)) > 40) changed += 1
  }
  return changed
}

test.each([
  { shape: 'square', width: 1080, height: 1080, caption: [200, 800], title: [868, 1000] },
  { shape: 'portrait', width: 1080, height: 1920, caption: [430, 1290], title: [1350, 1500] },
  { shape: 'landscape', width: 1920, height: 1080, caption: [210, 750], title: [840, 1000] },
] as const)(
  'a passage becomes a $shape video with its sound and its words in time',
  async (wanted) => {
    const { shape, width, height, caption, title } = wanted
    const span = passage(1)
    const { id } = await request(shape, span)
    const row = await waitForClip(id)
    const durationMs = span.endMs - span.startMs
    const file = await download(id)
    const { streams, durationMs: fileMs, frames, pictures } = await decodePictures(file, [1000, 1040, 5000])
    expect(streams).toEqual([
      expect.objectContaining({ codecId: AV_CODEC_ID_H264, width, height }),
      expect.objectContaining({ codecId: AV_CODEC_ID_AAC, sampleRate: 44_100 }),
    ])
    expect(fileMs).toBeGreaterThan(durationMs)
    // At most the silence around the words more than the words.
    expect(fileMs - durationMs).toBeLessThan(700)
    expect(Math.abs(frames - (fileMs / 1000) * 25)).toBeLessThan(3)
    expect(row?.sizeBytes).toBeGreaterThan(100_000)
    expect(row?.sizeBytes).toBeLessThan(3_000_000)
    const [early, next, late] = pictures
    if (!early || !next || !late) throw new Error('the pictures were not decoded')
    // The words are in the middle, the title below them.
    expect(countChanged(early, late, caption[0], caption[1]), 'the caption changes').toBeGreaterThan(2000)
    expect(countChanged(early, late, title[0], title[1]), 'the title does not').toBeLessThan(50)
    expect(countChanged(early, next, caption[0], caption[1]), 'within a word it does not').toBeLessThan(3000)
  },
  180_000,
)

test('the same passage in the same shape is made once; sound alone is another clip', async () => {
  const first = await request('square', passage(1))
  const again = await request('square', { startMs: passage(1).startMs, endMs: passage(1).startMs })
  expect(again.id).toBe(first.id)
  const audio = await request('audio', passage(1))
  expect(audio.id).not.toBe(first.id)
  await waitForClip(audio.id)
  const { streams, durationMs } = await decodePictures(await download(audio.id), [])
  expect(streams).toEqual([expect.objectContaining({ codecId: AV_CODEC_ID_AAC })])
  const { startMs, endMs } = passage(1)
  expect(Math.abs(durationMs - (endMs - startMs))).toBeLessThan(700)
}, 180_000)

test('a clip whose process is killed is made by the next attempt', async () => {
  const { id } = await request('portrait', passage(0, 2))
  const directory = platform.engine.directory
  await expect
    .poll(async () => (await findMediaProcesses(directory)).length, { timeout: 60_000, interval: 50 })
    .toBeGreaterThan(0)
  for (const pid of await findMediaProcesses(directory)) process.kill(pid, 'SIGKILL')
  await waitForClip(id)
  const { db } = platform.services
  const [run] = await db
    .select()
    .from(runs)
    .where(and(eq(runs.taskId, 'render-clip'), eq(runs.eventId, (await rowOf(id))?.eventId ?? '')))
  expect(run).toMatchObject({ attempt: 2 })
  const { streams } = await decodePictures(await download(id), [])
  expect(streams[0]).toMatchObject({ width: 1080, height: 1920 })
}, 240_000)

test('a deleted clip is gone at once, and its file soon after', async () => {
  const { services, churchId } = platform
  const { id } = await request('landscape', passage(2))
  await waitForClip(id)
  const { bucket, path: objectPath } = await readClipFile(services, { id, actor: null })
  await deleteClip(services, { id, churchId, actorId })
  await expect(readClipFile(services, { id, actor: null })).rejects.toMatchObject({ code: 'not_found' })
  const assets = await services.db.select().from(mediaAssets).where(eq(mediaAssets.name, id))
  expect(assets).toEqual([])
  await expect.poll(() => readObjectInfo(services, { bucket, path: objectPath })).toBeNull()
}, 180_000)
