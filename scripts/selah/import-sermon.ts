import { createReadStream } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Upload } from 'tus-js-client'
import { z } from 'zod'
import { cleanText } from '#lib/text/clean-text.ts'
import { type Api, ApiError } from './connect-api.ts'
import { readGivenFile, sizeOfGivenFile } from './given-files.ts'

const POLL_MS = 500

const uploadSchema = z.object({
  endpoint: z.string(),
  headers: z.record(z.string(), z.string()),
  metadata: z.record(z.string(), z.string()),
  chunkSizeBytes: z.number(),
})
const facet = z.enum(['waiting', 'pending', 'running', 'ready', 'failed'])
const sermonSchema = z
  .object({ id: z.string(), facets: z.object({ media: facet, transcript: facet, index: facet }) })
  .loose()
const createdSchema = z.object({ sermon: sermonSchema, upload: uploadSchema })

export type ImportedSermon = z.infer<typeof sermonSchema>

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
  date?: string | undefined
  publish: boolean
  wait: boolean
}

/**
 * Uploads a recording the way the browser does: draft, resumable upload, completion. With `wait` it
 * returns when every facet is ready, waiting or failed. `say` gets the progress.
 */
export async function importSermon(
  api: Api,
  filePath: string,
  options: ImportOptions,
  say: (message: string) => void,
): Promise<ImportedSermon> {
  const size = await sizeOfGivenFile(filePath)
  const transcript = options.transcript === undefined ? undefined : await readGivenFile(options.transcript)
  const contentType = contentTypes[path.extname(filePath).toLowerCase()] ?? 'application/octet-stream'
  const created = createdSchema.parse(
    await api.request('POST', '/api/v1/sermons', {
      fileName: cleanText(path.basename(filePath)),
      sizeBytes: size,
      contentType,
      title: options.title,
      speaker: options.speaker,
      series: options.series,
      preachedOn: options.date,
      publish: options.publish,
    }),
  )
  const sermonPath = `/api/v1/sermons/${created.sermon.id}`
  await upload(api, filePath, { ...created.upload, sizeBytes: size, contentType, say })
  if (transcript) await api.request('POST', `${sermonPath}/transcript`, transcript)
  let sermon = sermonSchema.parse(await api.request('POST', `${sermonPath}/complete-upload`))
  while (options.wait && !hasSettled(sermon)) {
    await delay(POLL_MS)
    sermon = sermonSchema.parse(await patiently(() => api.request('GET', sermonPath)))
    say(`media ${sermon.facets.media}, transcript ${sermon.facets.transcript}, index ${sermon.facets.index}`)
  }
  return sermon
}

/** Ready, waiting for a person, or failed: nothing more happens automatically. */
export function hasSettled({ facets }: ImportedSermon): boolean {
  return Object.values(facets).every((status) => status !== 'pending' && status !== 'running')
}

/** Waiting continues while the server restarts. */
async function patiently(request: () => Promise<unknown>): Promise<unknown> {
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
    say: (message: string) => void
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
        options.say(`uploading ${Math.floor((sentBytes / options.sizeBytes) * 100)} %`),
      onError: reject,
      onSuccess: () => resolve(),
    }).start()
  })
}
