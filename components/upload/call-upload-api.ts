import { z } from 'zod/mini'
import { callApi } from '#components/api/call-api.ts'
import type { SermonFields } from '#lib/sermons/sermon-fields.ts'
import { cleanText } from '#lib/text/clean-text.ts'
import type { FileDescription, UploadApi } from './upload-ports.ts'

const targetSchema = z.object({
  endpoint: z.string(),
  headers: z.record(z.string(), z.string()),
  metadata: z.record(z.string(), z.string()),
  chunkSizeBytes: z.number(),
})
const answeredSchema = z.object({ upload: targetSchema })
const createdSchema = z.object({
  sermon: z.object({ id: z.string(), updatedAt: z.string() }),
  upload: targetSchema,
})

const sermonSchema = z.object({
  title: z.string(),
  speaker: z.nullable(z.string()),
  series: z.nullable(z.string()),
  scripture: z.nullable(z.string()),
  preachedOn: z.nullable(z.string()),
  description: z.string(),
  language: z.string(),
  updatedAt: z.string(),
})

/** Leaves out empty fields, so that the server uses its defaults. */
function given(fields: SermonFields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields)
      .map(([key, value]) => [key, cleanText(value).trim()] as const)
      .filter(([, value]) => value !== ''),
  )
}

/** A file name can contain characters that the server refuses. */
function cleaned(file: FileDescription): FileDescription {
  return { ...file, fileName: cleanText(file.fileName), contentType: cleanText(file.contentType) }
}

export const uploadApi: UploadApi = {
  async createSermon(file, fields) {
    const answer = await callApi('POST', '/api/v1/sermons', { ...given(fields), ...cleaned(file) })
    const { sermon, upload } = createdSchema.parse(answer)
    return { sermonId: sermon.id, version: sermon.updatedAt, target: upload }
  },
  async replaceRecording(sermonId, file) {
    const answer = await callApi('PUT', `/api/v1/sermons/${sermonId}/upload`, cleaned(file))
    return answeredSchema.parse(answer).upload
  },
  async renewTarget(sermonId) {
    const answer = await callApi('POST', `/api/v1/sermons/${sermonId}/upload`)
    return answeredSchema.parse(answer).upload
  },
  async readFields(sermonId) {
    const { updatedAt, ...sermon } = sermonSchema.parse(await callApi('GET', `/api/v1/sermons/${sermonId}`))
    const { title, description, language } = sermon
    return {
      version: updatedAt,
      fields: {
        title,
        description,
        language,
        speaker: sermon.speaker ?? '',
        series: sermon.series ?? '',
        scripture: sermon.scripture ?? '',
        preachedOn: sermon.preachedOn ?? '',
      },
    }
  },
  async completeUpload(sermonId) {
    await callApi('POST', `/api/v1/sermons/${sermonId}/complete-upload`)
  },
  async removeSermon(sermonId) {
    await callApi('DELETE', `/api/v1/sermons/${sermonId}`)
  },
}
