import { z } from 'zod'
import { readTranscriptUpload, shiftQuery } from '#app/_server/read-transcript-upload.ts'
import { recordingQuery, requireRecording } from '#app/_server/recording-query.ts'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { requireMember } from '#lib/auth/actor.ts'
import { readChapters } from '#lib/chapters/read-chapters.ts'
import { AppError } from '#lib/errors.ts'
import { correctTranscript } from '#lib/sermons/correct-transcript.ts'
import { findChurchSermon, findVisibleSermon } from '#lib/sermons/find-sermon.ts'
import { readTranscriptRow } from '#lib/sermons/read-transcript.ts'
import { supplyTranscript } from '#lib/sermons/supply-transcript.ts'
import { toApiSermon } from '#lib/sermons/to-api-sermon.ts'
import { toApiCorrection, toApiTranscript } from '#lib/sermons/to-api-transcript.ts'
import { transcriptPatchSchema } from '#lib/sermons/transcript-input.ts'

const query = recordingQuery.extend({ revision: z.coerce.number().int().positive().optional() })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/[id]/transcript', {
  /** The words of the current transcript; with `revision` those of another one, for the team only. */
  GET: route(
    { access: 'public', params: sermonParams, query },
    async ({ services, actor, params, query }) => {
      const sermon = await findVisibleSermon(services, { id: params.id, actor })
      requireRecording(sermon, query)
      const { revision } = query
      if (revision !== undefined) requireMember(actor, { role: 'viewer', churchId: sermon.churchId })
      const row = await readTranscriptRow(services, { sermonId: sermon.id, revision })
      if (!row) throw new AppError('not_found', 'This sermon has no transcript yet.')
      return toApiTranscript(row, await readChapters(services, { sermonId: sermon.id }))
    },
  ),
  /** Corrects words, sets the paragraphs, or marks the transcript as reviewed. */
  PATCH: route(
    { access: 'editor', params: sermonParams, body: transcriptPatchSchema },
    async ({ services, member, params, body }) => {
      const author = { sermonId: params.id, churchId: member.churchId, actorId: member.actor.userId }
      const corrected = await correctTranscript({ ...services, now: () => new Date() }, author, body)
      return toApiCorrection(corrected)
    },
  ),
  /** Accepts a transcript file; `?shift=auto` accepts the shift that `transcript.late_times` proposes. */
  POST: route(
    { access: 'editor', params: sermonParams, query: shiftQuery },
    async ({ services, member: { churchId }, params: { id }, query: { shift }, request }) => {
      const upload = await readTranscriptUpload(request)
      await supplyTranscript(services, { sermonId: id, churchId, ...upload, shift })
      const sermon = await findChurchSermon(services, { id, churchId })
      return Response.json(toApiSermon(sermon, services.env.SITE_URL), { status: 202 })
    },
  ),
})
