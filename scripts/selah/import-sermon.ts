import { createReadStream } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Upload } from 'tus-js-client'
import { z } from 'zod'
import { readMessages } from '#lib/messages/read-messages.ts'
import { isRecordingName, refuseFile } from '#lib/sermons/refuse-file.ts'
import { cleanText } from '#lib/text/clean-text.ts'
import { parseTranscriptFile } from '#lib/transcripts/parse-transcript-file.ts'
import { type Api, ApiError } from './connect-api.ts'
import { readGivenFile, readStart, sizeOfGivenFile } from './given-files.ts'
import { guessRecording, readChurchFacts } from './guess-recording.ts'
import { splitTopics } from './split-topics.ts'

const POLL_MS = 500

const uploadSchema = z.object({
  endpoint: z.string(),
  headers: z.record(z.string(), z.string()),
  metadata: z.record(z.string(), z.string()),
  chunkSizeBytes: z.number(),
})
const facet = z.enum(['waiting', 'pending', 'running', 'ready', 'failed'])
const sermonSchema = z
  .object({
    id: z.string(),
    facets: z.object({ media: facet, transcript: facet, index: facet }),
    recording: z
      .object({ warnings: z.array(z.object({ message: z.string() }).loose()) })
      .loose()
      .nullable(),
  })
  .loose()
const createdSchema = z.object({ sermon: sermonSchema, upload: uploadSchema })

export type ImportedSermon = z.infer<typeof sermonSchema>

/** A file that is not a recording. Nothing of it was sent. */
export class RefusedFile extends Error {
  readonly code = 'file_refused'
}

const contentTypes: Record<string, string> = {
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.mp4': 'audio/mp4',
  '.aac': 'audio/aac',
  '.wav': 'audio/wav',
  '.flac': 'audio/flac',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
}

export type ImportOptions = {
  transcript?: string | undefined
  title?: string | undefined
  speaker?: string | undefined
  series?: string | undefined
  /** Separated by commas or semicolons. */
  topics?: string | undefined
  date?: string | undefined
  scripture?: string | undefined
  description?: string | undefined
  language?: string | undefined
  publish: boolean
  wait: boolean
  /** Accepts the shift of a transcript whose times begin at an offset. */
  shift: boolean
}

/**
 * Uploads a recording in the way of the browser: draft, resumable upload, completion. Throws `RefusedFile` for a file that
 * is not a recording, before anything is sent. Missing options are guessed from the tags and the file name. With `wait` it returns when every facet is ready, waiting or failed.
 * `report` receives the progress, and a warning if something seems to be missing in the recording.
 */
export async function importSermon(
  api: Api,
  filePath: string,
  options: ImportOptions,
  report: (message: string) => void,
): Promise<ImportedSermon> {
  const size = await sizeOfGivenFile(filePath)
  await refuseGivenFile(filePath, size)
  const { fields: guessed, doubts } = await guessRecording(filePath, await readChurchFacts(api), Date.now())
  const transcript = options.transcript === undefined ? undefined : await readGivenTranscript(options)
  const contentType = contentTypes[path.extname(filePath).toLowerCase()] ?? 'application/octet-stream'
  const created = createdSchema.parse(
    await api.request('POST', '/api/v1/sermons', {
      fileName: cleanText(path.basename(filePath)),
      sizeBytes: size,
      contentType,
      title: options.title || guessed.title,
      speaker: options.speaker || guessed.speaker,
      series: options.series || guessed.series,
      topics: splitTopics(options.topics),
      scripture: options.scripture || guessed.scripture,
      description: options.description || guessed.description,
      preachedOn: options.date || guessed.preachedOn || undefined,
      language: options.language || guessed.language || undefined,
      publish: options.publish,
    }),
  )
  for (const doubt of doubts) report(`warning: ${doubt}`)
  const sermonPath = `/api/v1/sermons/${created.sermon.id}`
  await upload(api, filePath, { ...created.upload, sizeBytes: size, contentType, report })
  if (transcript) {
    await api.request('POST', `${sermonPath}/transcript${options.shift ? '?shift=auto' : ''}`, transcript)
  }
  let sermon = sermonSchema.parse(await api.request('POST', `${sermonPath}/complete-upload`))
  while (options.wait && !isProcessed(sermon)) {
    await delay(POLL_MS)
    sermon = sermonSchema.parse(await retryRequest(() => api.request('GET', sermonPath)))
    report(
      `media ${sermon.facets.media}, transcript ${sermon.facets.transcript}, index ${sermon.facets.index}`,
    )
  }
  for (const { message } of sermon.recording?.warnings ?? []) report(`warning: ${message}`)
  return sermon
}

/**
 * Throws `RefusedFile` for a file that the upload form would not send either, with the same sentence. Only a playlist
 * under the name of a recording is left to the server: programs rely on its answer, `media.playlist`.
 */
async function refuseGivenFile(filePath: string, sizeBytes: number): Promise<void> {
  const file = { name: path.basename(filePath), type: '', sizeBytes, firstBytes: await readStart(filePath) }
  const problem = refuseFile(file, { maxSizeBytes: Number.POSITIVE_INFINITY })
  if (problem?.kind === 'refused' && !(problem.message === 'isPlaylist' && isRecordingName(file.name))) {
    throw new RefusedFile(`${filePath}: ${readMessages('en').upload[problem.message]}`)
  }
}

/** The bytes of the transcript. One that cannot be read is refused before the recording is sent. */
async function readGivenTranscript({ transcript = '', shift }: ImportOptions): Promise<Uint8Array> {
  const bytes = await readGivenFile(transcript)
  parseTranscriptFile({ bytes, durationMs: null, shift: shift ? 'auto' : 'none' })
  return bytes
}

/** Whether every facet is ready, failed or waiting for a person, so that nothing more happens automatically. */
export function isProcessed({ facets }: ImportedSermon): boolean {
  return Object.values(facets).every((status) => status !== 'pending' && status !== 'running')
}

/** Retries a request while the server restarts. */
async function retryRequest(request: () => Promise<unknown>): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request()
    } catch (error) {
      if ((error instanceof ApiError && error.status < 500) || attempt >= 120) throw error
      await delay(1000)
    }
  }
}

function upload(
  api: Api,
  filePath: string,
  options: z.infer<typeof uploadSchema> & {
    sizeBytes: number
    contentType: string
    report: (message: string) => void
  },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const file = createReadStream(filePath)
    file.once('error', reject)
    new Upload(file, {
      endpoint: new URL(options.endpoint, api.url).href,
      headers: options.headers,
      metadata: { ...options.metadata, contentType: options.contentType },
      chunkSize: options.chunkSizeBytes,
      uploadSize: options.sizeBytes,
      retryDelays: [0, 500, 1000, 2000, 4000, 8000, 15_000, 30_000],
      onProgress: (sentBytes) =>
        options.report(`uploading ${Math.floor((sentBytes / options.sizeBytes) * 100)} %`),
      onError: reject,
      onSuccess: () => resolve(),
    }).start()
  })
}
