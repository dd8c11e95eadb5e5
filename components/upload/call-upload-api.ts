import { z } from 'zod/mini'
import { callApi } from '#components/api/call-api.ts'
import type { SermonFields } from './sermon-fields.ts'
import type { UploadApi } from './upload-ports.ts'

const targetSchema = z.object({
  endpoint: z.string(),
  headers: z.record(z.string(), z.string()),
  metadata: z.record(z.string(), z.string()),
  chunkSizeBytes: z.number(),
})
const answeredSchema = z.object({ upload: targetSchema })
const createdSchema = z.object({ sermon: z.object({ id: z.string() }), upload: targetSchema })

/** Leaves out what was not given, so that the server's own defaults hold. */
function given(fields: SermonFields): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ''))
}

export const uploadApi: UploadApi = {
  async createSermon(file, fields) {
    const answer = await callApi('POST', '/api/v1/sermons', { ...given(fields), ...file })
    const { sermon, upload } = createdSchema.parse(answer)
    return { sermonId: sermon.id, target: upload }
  },
  async replaceRecording(sermonId, file) {
    const answer = await callApi('PUT', `/api/v1/sermons/${sermonId}/upload`, file)
    return answeredSchema.parse(answer).upload
  },
  async renewTarget(sermonId) {
    const answer = await callApi('POST', `/api/v1/sermons/${sermonId}/upload`)
    return answeredSchema.parse(answer).upload
  },
  async saveFields(sermonId, fields) {
    await callApi('PATCH', `/api/v1/sermons/${sermonId}`, {
      ...fields,
      preachedOn: fields.preachedOn || null,
    })
  },
  async completeUpload(sermonId) {
    await callApi('POST', `/api/v1/sermons/${sermonId}/complete-upload`)
  },
  async removeSermon(sermonId) {
    await callApi('DELETE', `/api/v1/sermons/${sermonId}`)
  },
}
