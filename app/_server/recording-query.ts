import { z } from 'zod'
import { AppError } from '#lib/errors.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** The revision of a recording: of the one that a player was opened with, for example. */
export const recordingQuery = z.object({ recording: z.coerce.number().int().nonnegative().optional() })

/** Throws `not_found` when the recording was replaced: a player never gets parts of two recordings. */
export function requireRecording(
  sermon: Pick<SermonView, 'mediaRevision'>,
  { recording }: z.infer<typeof recordingQuery>,
): void {
  if (recording === undefined || recording === sermon.mediaRevision) return
  throw new AppError(
    'not_found',
    'The recording of this sermon was replaced. Reload the page to hear the new one.',
    { reason: 'media.replaced' },
  )
}
