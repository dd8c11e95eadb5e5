import { route } from '#app/_server/route.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { AppError } from '#lib/errors.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { MAX_TRANSCRIPT_BYTES, supplyTranscript } from '#lib/sermons/supply-transcript.ts'
import { toApiSermon } from '#lib/sermons/to-api-sermon.ts'

/** Takes a VTT, SRT or plain text file: as the form field `file`, or as the body itself. */
export const POST = route(
  { access: 'editor', params: sermonParams },
  async ({ services, member, params, request }) => {
    const { bytes, fileName } = await readUpload(request)
    await supplyTranscript(services, { sermonId: params.id, churchId: member.churchId, bytes, fileName })
    const sermon = await findChurchSermon(services, { id: params.id, churchId: member.churchId })
    return Response.json(toApiSermon(sermon, services.env.SITE_URL), { status: 202 })
  },
)

async function readUpload(request: Request): Promise<{ bytes: Uint8Array; fileName: string }> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_TRANSCRIPT_BYTES + 64 * 1024) {
    throw new AppError('too_large', 'This transcript is larger than 10 MB. Upload the text alone.')
  }
  if (request.headers.get('content-type')?.startsWith('multipart/form-data')) {
    const file = (await request.formData()).get('file')
    if (!(file instanceof File)) {
      throw new AppError('bad_request', 'Choose a transcript file: VTT, SRT or plain text.')
    }
    return { bytes: new Uint8Array(await file.arrayBuffer()), fileName: file.name }
  }
  return { bytes: new Uint8Array(await request.arrayBuffer()), fileName: 'transcript.txt' }
}
