import * as v from 'valibot'
import { callApi } from '#components/api/call-api.ts'
import { type SermonFields, toSermonInput, writeTopics } from '#lib/sermons/sermon-fields.ts'
import { cleanText } from '#lib/text/clean-text.ts'
import type { FileDescription, UploadApi } from './upload-ports.ts'

const targetSchema = v.object({
  endpoint: v.string(),
  headers: v.record(v.string(), v.string()),
  metadata: v.record(v.string(), v.string()),
  chunkSizeBytes: v.number(),
})
const answeredSchema = v.object({ upload: targetSchema })
const createdSchema = v.object({
  sermon: v.object({ id: v.string(), updatedAt: v.string() }),
  upload: targetSchema,
})

const sameSchema = v.object({ sermon: v.nullable(v.object({ id: v.string(), title: v.string() })) })

const sermonSchema = v.object({
  title: v.string(),
  speaker: v.nullable(v.string()),
  series: v.nullable(v.string()),
  topics: v.array(v.string()),
  scripture: v.nullable(v.string()),
  preachedOn: v.nullable(v.string()),
  description: v.string(),
  language: v.string(),
  updatedAt: v.string(),
})

/** Leaves out empty fields, so that the server uses its defaults. */
function given(fields: SermonFields): Record<string, string | string[]> {
  return toSermonInput(
    Object.fromEntries(
      Object.entries(fields)
        .map(([key, value]) => [key, cleanText(value).trim()] as const)
        .filter(([, value]) => value !== ''),
    ),
  )
}

/** A file name can contain characters that the server refuses. */
function cleaned(file: FileDescription): FileDescription {
  return { ...file, fileName: cleanText(file.fileName), contentType: cleanText(file.contentType) }
}

export const uploadApi: UploadApi = {
  async createSermon(file, fields) {
    const answer = await callApi('POST', '/api/v1/sermons', { ...given(fields), ...cleaned(file) })
    const { sermon, upload } = v.parse(createdSchema, answer)
    return { sermonId: sermon.id, version: sermon.updatedAt, target: upload }
  },
  async replaceRecording(sermonId, file) {
    const answer = await callApi('PUT', `/api/v1/sermons/${sermonId}/upload`, cleaned(file))
    return v.parse(answeredSchema, answer).upload
  },
  async renewTarget(sermonId) {
    const answer = await callApi('POST', `/api/v1/sermons/${sermonId}/upload`)
    return v.parse(answeredSchema, answer).upload
  },
  async readFields(sermonId) {
    const { updatedAt, ...sermon } = v.parse(
      sermonSchema,
      await callApi('GET', `/api/v1/sermons/${sermonId}`),
    )
    const { title, description, language } = sermon
    return {
      version: updatedAt,
      fields: {
        title,
        description,
        language,
        speaker: sermon.speaker ?? '',
        series: sermon.series ?? '',
        topics: writeTopics(sermon.topics),
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
  async findSame({ name, sizeBytes, partHashes }) {
    const query = new URLSearchParams({
      fileName: cleanText(name),
      sizeBytes: String(sizeBytes),
      ...(partHashes ?? {}),
    })
    const { sermon } = v.parse(sameSchema, await callApi('GET', `/api/v1/sermons/same-recording?${query}`))
    return sermon && { sermonId: sermon.id, title: sermon.title }
  },
}
