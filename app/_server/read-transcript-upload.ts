import { z } from 'zod'
import { AppError } from '#lib/errors.ts'
import { readBody } from '#lib/http/read-body.ts'
import { MAX_TRANSCRIPT_BYTES } from '#lib/sermons/supply-transcript.ts'
import { shiftSchema } from '#lib/transcripts/parse-transcript-file.ts'

/** Whether times that begin at an offset are shifted. */
export const shiftQuery = z.object({ shift: shiftSchema.default('none') })

/** What a form adds around the file. */
const FORM_BYTES = 64 * 1024

/** The transcript file of a request: the form field `file`, or the body itself. */
export async function readTranscriptUpload(
  request: Request,
): Promise<{ bytes: Uint8Array; fileName: string }> {
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
    throw new AppError('bad_request', 'Choose a transcript file, such as VTT, SRT, DOCX or plain text.')
  }
  return { bytes: new Uint8Array(await file.arrayBuffer()), fileName: file.name }
}
