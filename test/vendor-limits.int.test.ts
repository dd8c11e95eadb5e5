import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { and, desc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeWav } from '#harness/media/make-wav.ts'
import { startTestPlatform, type TestPlatform } from '#harness/start-test-platform.ts'
import { uploadSermon, waitForProcessing } from '#harness/upload-sermon.ts'
import { auditLog, deadLetters, passages, profiles, runs, scheduledEvents } from '#lib/db/schema.ts'
import { releaseDueEvents } from '#lib/events/release-due-events.ts'
import { reconcileFacets } from '#lib/recovery/reconcile-facets.ts'
import { recordFailedRuns } from '#lib/recovery/record-failed-runs.ts'
import { correctTranscript } from '#lib/sermons/correct-transcript.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { readTranscript, readTranscriptRow } from '#lib/sermons/read-transcript.ts'
import { supplyTranscript } from '#lib/sermons/supply-transcript.ts'
import { transcriptPatchSchema } from '#lib/sermons/transcript-input.ts'
import { startWebTelemetry } from '#lib/telemetry/start-web-telemetry.ts'
import { embedded, heard, startVendorServer, tooMany, type VendorServer } from '#test/start-vendor-server.ts'

/*
 * Services that answer "too many requests", with the product's own tasks in the engine: the work
 * waits until they accept it, and this does not count as a failure.
 */

const words = ['Grace', 'and', 'peace', 'be', 'with', 'you', 'all.']

let speech: VendorServer
let embeddings: VendorServer
let platform: TestPlatform
let recording: string

beforeAll(async () => {
  speech = await startVendorServer(heard(words))
  embeddings = await startVendorServer(embedded)
  platform = await startTestPlatform({
    environment: {
      DEEPGRAM_API_KEY: 'key',
      DEEPGRAM_BASE_URL: speech.url,
      OPENAI_BASE_URL: `${embeddings.url}/v1`,
      OPENAI_EMBEDDING_MODEL: 'small',
    },
  })
  // The forwarder runs in this process, as in the web server, which keeps the trace of an event.
  startWebTelemetry(platform.services.env)
  recording = path.join(platform.engine.directory, 'short.wav')
  await writeFile(recording, makeWav({ durationMs: 8000 }))
})

afterAll(async () => {
  await platform?.stop()
  await speech?.stop()
  await embeddings?.stop()
})

beforeEach(() => {
  speech.answer = heard(words)
  embeddings.answer = embedded
})

const uploadRecording = (transcriptFile?: string) =>
  uploadSermon(platform.services, {
    churchId: platform.churchId,
    filePath: recording,
    ...(transcriptFile ? { transcriptFile } : {}),
  })

const facetsOf = async (sermonId: string) =>
  (await findChurchSermon(platform.services, { id: sermonId, churchId: platform.churchId })).facets

/** Runs of a sermon, newest first. */
const runsOf = (sermonId: string, taskId?: string) =>
  platform.services.db
    .select()
    .from(runs)
    .where(and(eq(runs.sermonId, sermonId), taskId ? eq(runs.taskId, taskId) : undefined))
    .orderBy(desc(runs.createdAt))

/** Waits until the sermon's request has ended with a postponed facet; returns when it is due. */
async function waitForPostponement(sermonId: string, times: number): Promise<Date> {
  await expect
    .poll(
      async () =>
        (await runsOf(sermonId, 'process-sermon')).filter(
          ({ status, output }) => status === 'completed' && JSON.stringify(output).includes('"postponed"'),
        ).length,
      { timeout: 60_000, interval: 100 },
    )
    .toBe(times)
  const [again] = await platform.services.db
    .select()
    .from(scheduledEvents)
    .where(eq(scheduledEvents.sermonId, sermonId))
  if (!again) throw new Error('No event is scheduled for this sermon.')
  return again.dueAt
}

const release = (at: Date) => releaseDueEvents({ db: platform.services.db, now: () => at })

const deadLettersOf = (sermonId: string) =>
  platform.services.db.select().from(deadLetters).where(eq(deadLetters.sermonId, sermonId))

test('work waits for days for a busy speech service, without a process and over a crash, and creates no dead letter', async () => {
  const { services, churchId, engine } = platform
  const { db } = services
  speech.answer = tooMany('3600')
  const before = speech.asked()
  const sermonId = await uploadRecording()
  let dueAt = await waitForPostponement(sermonId, 1)
  expect(dueAt.getTime()).toBeGreaterThanOrEqual(Date.now() + 3500_000)
  expect(await facetsOf(sermonId)).toMatchObject({
    media: { status: 'ready' },
    transcript: { status: 'pending', error: { reason: 'transcript.postponed' } },
  })
  // No run waits in the engine, so no slot and no process is in use.
  const unfinished = async () => {
    const { rows } = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from engine.runs where finished_at is null`,
    )
    return rows[0]?.count
  }
  await expect.poll(unfinished).toBe(0)
  // Two days later it still counts neither as failed nor as stuck.
  const later = () => new Date(Date.now() + 2 * 24 * 3600_000)
  await recordFailedRuns({ db, now: later })
  expect(await reconcileFacets({ db, now: later })).toBe(0)

  // The work is attempted again when it is due, and postponed again as often as necessary.
  for (const times of [2, 3]) {
    if (times === 3) {
      await engine.kill()
      await engine.restart()
    }
    expect(await release(new Date(dueAt.getTime() - 1))).toBe(0)
    expect(await release(dueAt)).toBe(1)
    dueAt = await waitForPostponement(sermonId, times)
  }
  expect(speech.asked() - before).toBe(3)
  expect(await deadLettersOf(sermonId)).toEqual([])

  speech.answer = heard(words)
  await release(dueAt)
  const sermon = await waitForProcessing(services, { sermonId, churchId })
  expect(sermon.facets).toMatchObject({ transcript: { status: 'ready' }, index: { status: 'ready' } })
  expect(await readTranscript(services, { sermonId })).toMatchObject({ source: 'deepgram' })
  await expect.poll(async () => (await runsOf(sermonId, 'announce'))[0]?.status).toBe('completed')
  await expect
    .poll(async () => (await runsOf(sermonId)).map(({ status, attempt }) => `${status} ${attempt}`))
    .toEqual(expect.not.arrayContaining([expect.not.stringMatching('completed 1')]))
  const all = await runsOf(sermonId)
  // All runs have one trace.
  expect(new Set(all.map(({ traceId }) => traceId)).size).toBe(1)
  // The recording was prepared once.
  expect(all.filter(({ taskId }) => taskId === 'prepare-media')).toHaveLength(1)
}, 240_000)

test('a short wait happens inside the run and does not count as an attempt', async () => {
  const { services, churchId } = platform
  let refusals = 2
  speech.answer = (response, body) => {
    refusals -= 1
    if (refusals >= 0)
      tooMany(refusals === 1 ? '1' : new Date(Date.now() + 1000).toUTCString())(response, body)
    else heard(words)(response, body)
  }
  const sermonId = await uploadRecording()
  const sermon = await waitForProcessing(services, { sermonId, churchId })
  expect(sermon.facets.transcript.status).toBe('ready')
  await expect
    .poll(
      async () => (await runsOf(sermonId, 'transcribe')).map(({ status, attempt }) => [status, attempt]),
      {
        timeout: 30_000,
      },
    )
    .toEqual([['completed', 1]])
}, 120_000)

test('work waits for a busy embedding service, and the sermon is announced when it is finished', async () => {
  const { services, churchId } = platform
  embeddings.answer = tooMany('600')
  const sermonId = await uploadRecording()
  const dueAt = await waitForPostponement(sermonId, 1)
  expect(await facetsOf(sermonId)).toMatchObject({
    transcript: { status: 'ready' },
    index: { status: 'pending', error: { reason: 'index.postponed' } },
  })
  const announced = () =>
    services.db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.subject, sermonId), eq(auditLog.action, 'sermon.processed')))
  expect(await announced()).toEqual([])
  embeddings.answer = embedded
  const requestsBefore = speech.asked()
  await release(dueAt)
  const sermon = await waitForProcessing(services, { sermonId, churchId })
  expect(sermon.facets.index.status).toBe('ready')
  await expect.poll(announced).toHaveLength(1)
  expect(speech.asked()).toBe(requestsBefore)
  expect(await deadLettersOf(sermonId)).toEqual([])
}, 120_000)

test('supplied captions need no transcription and do not wait in its queue', async () => {
  const { services, churchId, jobs } = platform
  const captionsFile = path.join(platform.engine.directory, 'own.vtt')
  await writeFile(captionsFile, 'WEBVTT\n\n00:01.000 --> 00:04.000\nGrace and peace be with you all.\n')
  const before = speech.asked()
  await jobs.pauseQueue('task/transcribe')
  try {
    const sermonId = await uploadRecording(captionsFile)
    const sermon = await waitForProcessing(services, { sermonId, churchId })
    expect(sermon.facets.transcript.status).toBe('ready')
    expect(await readTranscript(services, { sermonId })).toMatchObject({ source: 'upload' })
    const tasks = (await runsOf(sermonId)).map(({ taskId }) => taskId)
    expect(tasks).toContain('read-transcript')
    expect(tasks).not.toContain('transcribe')
  } finally {
    await jobs.resumeQueue('task/transcribe')
  }
  expect(speech.asked()).toBe(before)
}, 120_000)

/** Holds the answer of the speech service back until the returned function is called. */
function holdSpeech(answer = heard(words)): () => void {
  const waiting: (() => void)[] = []
  let isHeld = true
  speech.answer = (response, body) => {
    if (isHeld) waiting.push(() => answer(response, body))
    else answer(response, body)
  }
  return () => {
    isHeld = false
    for (const send of waiting) send()
  }
}

async function uploadText(name: string, text: string): Promise<string> {
  const textFile = path.join(platform.engine.directory, name)
  await writeFile(textFile, text)
  return uploadRecording(textFile)
}

const timesOf = async (sermonId: string) =>
  (await readTranscript(platform.services, { sermonId }))?.words.map(([, startMs]) => startMs)

const isApproximate = async (sermonId: string) =>
  (await readTranscript(platform.services, { sermonId }))?.isApproximate

const heardTimes = [0, 1000, 2000, 3000, 4000, 5000, 6000]

test('a supplied text without times can be read and searched before it is heard, then has the times at which its words are heard', async () => {
  const { services, churchId } = platform
  const release = holdSpeech()
  const before = speech.asked()
  const sermonId = await uploadText('own.txt', 'Grace, and peace, be with you ALL!')
  const sermon = await waitForProcessing(services, { sermonId, churchId })
  expect(sermon.facets).toMatchObject({ transcript: { status: 'ready' }, index: { status: 'ready' } })
  expect(await isApproximate(sermonId)).toBe(true)
  expect(await timesOf(sermonId)).not.toEqual(heardTimes)

  release()
  await expect.poll(() => isApproximate(sermonId)).toBe(false)
  expect(speech.asked()).toBe(before + 1)
  expect(await timesOf(sermonId)).toEqual(heardTimes)
  const transcript = await readTranscript(services, { sermonId })
  const texts = transcript?.words.map(([text]) => text).join(' ')
  expect(texts).toBe('Grace, and peace, be with you ALL!')
  const indexed = () =>
    services.db.select({ id: passages.transcriptId }).from(passages).where(eq(passages.sermonId, sermonId))
  await expect.poll(indexed).toEqual([{ id: transcript?.id }])
}, 120_000)

test('a text that is corrected while it is timed keeps the correction, and its unchanged words have the new times', async () => {
  const { services, churchId } = platform
  const { db } = services
  const release = holdSpeech()
  const sermonId = await uploadText('corrected.txt', 'Grace and piece be with you all.')
  await waitForProcessing(services, { sermonId, churchId })
  const actorId = randomUUID()
  await db.insert(profiles).values({ id: actorId, email: `${actorId}@example.org`, displayName: 'Ruth' })
  const patch = transcriptPatchSchema.parse({
    revision: 1,
    reviewed: true,
    edits: [{ from: 'w2', to: 'w2', text: 'great peace' }],
  })
  await correctTranscript({ db, now: () => new Date() }, { sermonId, churchId, actorId }, patch)
  release()
  await expect.poll(() => isApproximate(sermonId)).toBe(false)
  const row = await readTranscriptRow({ db }, { sermonId })
  expect(row?.words.map(([text]) => text).join(' ')).toBe('Grace and great peace be with you all.')
  const [zero, one, , three, four, five, six] = heardTimes
  expect(row?.words.map(([, startMs]) => startMs).filter((_, place) => place !== 2 && place !== 3)).toEqual([
    ...[zero, one, three, four, five, six],
  ])
  const replaced = row?.words.slice(2, 4).map(([, startMs]) => startMs) ?? []
  expect(replaced.every((startMs) => startMs >= 1000 && startMs < 3000)).toBe(true)
  expect(row).toMatchObject({ isReviewed: true, editedBy: actorId, wordIds: [0, 1, 7, 8, 3, 4, 5, 6] })
}, 120_000)

test('a text that is replaced while it is timed does not get the times of the old one', async () => {
  const { services, churchId } = platform
  const release = holdSpeech()
  const sermonId = await uploadText('first.txt', 'Grace and peace be with you all.')
  await waitForProcessing(services, { sermonId, churchId })
  const captions = 'WEBVTT\n\n00:01.000 --> 00:04.000\nQuite other words were said.\n'
  await supplyTranscript(services, {
    ...{ sermonId, churchId },
    bytes: Buffer.from(captions),
    fileName: 'other.vtt',
  })
  await waitForProcessing(services, { sermonId, churchId })
  const before = await timesOf(sermonId)
  release()
  await expect
    .poll(async () => (await runsOf(sermonId, 'time-transcript'))[0]?.output)
    .toEqual({ outcome: 'superseded' })
  expect(await timesOf(sermonId)).toEqual(before)
}, 120_000)

test('the times of a text wait for a busy speech service, and it can be read in the meantime', async () => {
  const { services, churchId } = platform
  speech.answer = tooMany('3600')
  const sermonId = await uploadText('busy.txt', 'Grace and peace be with you all.')
  const sermon = await waitForProcessing(services, { sermonId, churchId })
  expect(sermon.facets.transcript).toMatchObject({ status: 'ready', error: null })
  const scheduled = () =>
    services.db.select().from(scheduledEvents).where(eq(scheduledEvents.sermonId, sermonId))
  await expect.poll(async () => (await scheduled()).length).toBe(1)
  const [again] = await scheduled()
  expect(again?.type).toBe('sermon.times-missing')
  speech.answer = heard(words)
  await release(again?.dueAt ?? new Date())
  await expect.poll(() => isApproximate(sermonId)).toBe(false)
  expect(await deadLettersOf(sermonId)).toEqual([])
}, 120_000)

test('a supplied text without times keeps approximate times when the speech service refuses the recording', async () => {
  const { services, churchId } = platform
  speech.answer = (response) =>
    response
      .writeHead(401, { 'content-type': 'application/json' })
      .end('{"err_code":"INVALID_AUTH","err_msg":"Invalid credentials."}')
  const sermonId = await uploadText('refused.txt', 'Grace and peace be with you all.')
  const sermon = await waitForProcessing(services, { sermonId, churchId })
  expect(sermon.facets.transcript.status).toBe('ready')
  await expect
    .poll(async () => (await runsOf(sermonId, 'time-transcript'))[0]?.output)
    .toEqual({ outcome: 'approximate' })
  expect(await isApproximate(sermonId)).toBe(true)
}, 120_000)

test('a recording without words waits for a transcript and does not fail', async () => {
  speech.answer = heard([])
  const sermonId = await uploadRecording()
  await waitForProcessing(platform.services, { sermonId, churchId: platform.churchId })
  expect(await facetsOf(sermonId)).toMatchObject({
    media: { status: 'ready' },
    transcript: { status: 'waiting', error: { reason: 'transcriber.no_speech' } },
    index: { status: 'waiting' },
  })
  await expect
    .poll(async () => (await runsOf(sermonId, 'transcribe')).map(({ status }) => status))
    .toEqual(['completed'])
})
