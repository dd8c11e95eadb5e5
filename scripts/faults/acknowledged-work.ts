import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { and, eq, inArray, or } from 'drizzle-orm'
import { z } from 'zod'
import { uploadSermon } from '#harness/upload-sermon.ts'
import { deadLetters, events, mediaAssets, sermons, transcripts } from '#lib/db/schema.ts'
import { facets } from '#lib/facets/facet.ts'
import { reprocessSermon } from '#lib/sermons/reprocess-sermon.ts'
import type { Recording } from '../crash-matrix/cut-recording.ts'
import { type Installation, installationOwner } from '../crash-matrix/installation.ts'

/** What Selah has confirmed, and so must never lose. */
export interface Acknowledged {
  /** `mark` is a word that no other text has. */
  texts: { sermonId: string; title: string; mark: string }[]
  recordings: { sermonId: string; audioFile: string }[]
}

const processedWithinMs = 600_000
const pollMs = 500
const answerSchema = z.object({ sermon: z.object({ id: z.string() }) })

/** Signs the owner in and returns a token of the API, which outlives every restart. */
export async function createToken({ url }: Installation): Promise<string> {
  const response = await fetch(`${url}/api/v1/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...installationOwner, lifeSeconds: 24 * 3600 }),
  })
  if (!response.ok) throw new Error(`The owner could not sign in: ${await response.text()}`)
  return z.object({ token: z.string() }).parse(await response.json()).token
}

/** Sends a sermon as text. Notes it when it was confirmed; throws otherwise. */
export async function sendText(
  { url, token }: { url: string; token: string },
  acknowledged: Acknowledged,
): Promise<void> {
  const title = `Text ${crypto.randomUUID()}`
  const mark = crypto.randomUUID()
  const text = `The word ${mark} was spoken here. It was heard and kept.`
  const response = await fetch(`${url}/api/v1/sermons/text`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ title, text, publish: true }),
    signal: AbortSignal.timeout(60_000),
  })
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
  const { sermon } = answerSchema.parse(await response.json())
  acknowledged.texts.push({ sermonId: sermon.id, title, mark })
}

/** Uploads a recording. Notes it when its completion was confirmed; throws otherwise. */
export async function sendRecording(
  { services, churchId }: Installation,
  { recording, hasCaptions }: { recording: Recording; hasCaptions: boolean },
  acknowledged: Acknowledged,
): Promise<string> {
  const { audioFile, captionsFile } = recording
  const sermonId = await uploadSermon(services, {
    churchId,
    filePath: audioFile,
    ...(hasCaptions ? { transcriptFile: captionsFile } : {}),
  })
  acknowledged.recordings.push({ sermonId, audioFile })
  return sermonId
}

/**
 * Waits until everything that was confirmed is processed, and compares it with what was sent. Work that failed
 * permanently is requested again once, as an operator would do. Returns what is missing or wrong.
 */
export async function checkAcknowledged(
  installation: Installation,
  { texts, recordings }: Acknowledged,
): Promise<{ problems: string[]; requestedAgain: number }> {
  await installation.waitUntilHealthy()
  const ids = [...texts, ...recordings].map(({ sermonId }) => sermonId)
  await waitUntilProcessed(installation, ids)
  const failed = await findFailed(installation, ids)
  for (const { sermonId, redo } of failed) {
    await reprocessSermon(installation.services, { sermonId, churchId: installation.churchId, redo })
  }
  if (failed.length > 0) await waitUntilProcessed(installation, ids)
  const problems = [
    ...(await findFailed(installation, ids)).map(({ sermonId, redo }) => `${sermonId}: ${redo} failed again`),
    ...(await findLostTexts(installation, texts)),
    ...(await findLostRecordings(installation, recordings)),
    ...(await findOpenWork(installation)),
  ]
  return { problems, requestedAgain: failed.length }
}

const statusOf = {
  media: sermons.mediaStatus,
  transcript: sermons.transcriptStatus,
  index: sermons.indexStatus,
}

async function waitUntilProcessed({ services, retry }: Installation, ids: string[]): Promise<void> {
  const deadlineMs = performance.now() + processedWithinMs
  const isOpen = or(...facets.map((facet) => inArray(statusOf[facet], ['pending', 'running'])))
  const count = () => services.db.$count(sermons, and(inArray(sermons.id, ids), isOpen))
  while (ids.length > 0) {
    const open = await retry(count)
    if (open === 0) return
    if (performance.now() > deadlineMs) throw new Error(`${open} confirmed sermons are still being processed`)
    await delay(pollMs)
  }
}

async function findFailed({ services, retry }: Installation, ids: string[]) {
  const rows = await retry(() =>
    services.db
      .select({ sermonId: sermons.id, ...statusOf })
      .from(sermons)
      .where(inArray(sermons.id, ids)),
  )
  return rows
    .map(({ sermonId, ...status }) => ({
      sermonId,
      redo: facets.filter((facet) => status[facet] === 'failed'),
    }))
    .filter(({ redo }) => redo.length > 0)
}

async function findLostTexts({ services, retry }: Installation, texts: Acknowledged['texts']) {
  const rows = await retry(() =>
    services.db
      .select({ id: sermons.id, title: sermons.title, words: transcripts.words })
      .from(sermons)
      .innerJoin(transcripts, eq(transcripts.sermonId, sermons.id)),
  )
  const found = new Map(rows.map((row) => [row.id, row]))
  return texts.flatMap(({ sermonId, title, mark }) => {
    const row = found.get(sermonId)
    const isKept = row?.title === title && JSON.stringify(row.words).includes(mark)
    return isKept ? [] : [`lost: the confirmed text ${sermonId}`]
  })
}

async function findLostRecordings({ services, retry }: Installation, recordings: Acknowledged['recordings']) {
  const problems: string[] = []
  for (const { sermonId, audioFile } of recordings) {
    const stored = await retry(async () => {
      const [original] = await services.db
        .select({ path: mediaAssets.path })
        .from(mediaAssets)
        .where(and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.kind, 'original')))
      if (!original) return null
      const { data, error } = await services.storage.client.from('originals').download(original.path)
      if (error) throw error
      return Buffer.from(await data.arrayBuffer())
    })
    const isKept = stored !== null && digest(stored) === digest(await readFile(audioFile))
    if (!isKept) problems.push(`lost: the confirmed recording of ${sermonId}`)
  }
  return problems
}

async function findOpenWork({ services, retry }: Installation): Promise<string[]> {
  const pending = await retry(() => services.db.$count(events, eq(events.state, 'pending')))
  const dead = await retry(() =>
    services.db.$count(deadLetters, and(eq(deadLetters.state, 'open'), eq(deadLetters.kind, 'event'))),
  )
  return [
    ...(pending > 0 ? [`${pending} events were not forwarded`] : []),
    ...(dead > 0 ? [`${dead} events became dead letters`] : []),
  ]
}

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
