import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { AppError } from '#lib/errors.ts'
import { readBody } from '#lib/http/read-body.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { MAX_TRANSCRIPT_BYTES, supplyTranscript } from '#lib/sermons/supply-transcript.ts'
import { toApiSermon } from '#lib/sermons/to-api-sermon.ts'

/** What a form adds around the file. */
const FORM_BYTES = 64 * 1024

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/[id]/transcript', {
  /** Accepts a VTT, SRT or plain text file, as the form field `file` or as the body. */
  POST: route({ access: 'editor', params: sermonParams }, async ({ services, member, params, request }) => {
    const { bytes, fileName } = await readUpload(request)
    await supplyTranscript(services, { sermonId: params.id, churchId: member.churchId, bytes, fileName })
    const sermon = await findChurchSermon(services, { id: params.id, churchId: member.churchId })
    return Response.json(toApiSermon(sermon, services.env.SITE_URL), { status: 202 })
  }),
})

async function readUpload(request: Request): Promise<{ bytes: Uint8Array; fileName: string }> {
  const bytes = await readBody(request, {
    maxBytes: MAX_TRANSCRIPT_BYTES + FORM_BYTES,
    tooLarge: 'This transcript is larger than 10 MB. Upload the text alone.',
  })
  const contentType = request.headers.get('content-type')
  if (!contentType?.startsWith('multipart/form-data')) return { bytes, fileName: 'transcript.txt' }
  const form = await new Response(bytes, { headers: { 'content-type': contentType } })
    .formData()
    .catch((cause: unknown) => {
      throw new AppError('bad_request', 'This form is not valid. Send the file again.', { cause })
    })
  const file = form.get('file')
  if (!(file instanceof File)) {
    throw new AppError('bad_request', 'Choose a transcript file: VTT, SRT or plain text.')
  }
  return { bytes: new Uint8Array(await file.arrayBuffer()), fileName: file.name }
}
