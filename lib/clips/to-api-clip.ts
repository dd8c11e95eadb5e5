import { z } from 'zod'
import type { ClipRow } from '#lib/clips/is-current-clip.ts'
import { clipShapes, clipStatuses } from '#lib/db/schema.ts'

/** A clip as the HTTP API shows it. Outside programs rely on this shape: only ever add to it. */
export const apiClipSchema = z.object({
  id: z.uuid(),
  sermonId: z.uuid(),
  shape: z.enum(clipShapes).describe('1:1, 9:16 or 16:9 video with its words, or sound alone.'),
  startMs: z.int().describe('Where the passage begins, in milliseconds of the recording.'),
  endMs: z.int(),
  text: z.string(),
  draft: z.boolean().describe('Whether no person has reviewed its words.'),
  status: z
    .enum([...clipStatuses, 'outdated'])
    .describe(
      '`outdated`: the recording or the words have changed since; it is not shown and will be removed.',
    ),
  progress: z.int().describe('0 to 100.'),
  error: z.string().nullable().describe('Why it failed, for people.'),
  sizeBytes: z.int().nullable(),
  createdAt: z.string(),
  page: z.string().describe('The path of the page to share.'),
  file: z.string().describe('The path that redirects to the file.'),
})

export type ApiClip = z.infer<typeof apiClipSchema>

export function toApiClip(
  clip: ClipRow,
  { isCurrent, isDraft }: { isCurrent: boolean; isDraft: boolean },
): ApiClip {
  const { id, sermonId, shape, startMs, endMs, text, status, progress, sizeBytes } = clip
  return {
    ...{ id, sermonId, shape, startMs, endMs, text, progress, sizeBytes },
    draft: isDraft,
    status: isCurrent ? status : 'outdated',
    error: clip.error?.message ?? null,
    createdAt: clip.createdAt.toISOString(),
    page: `/clips/${id}`,
    file: `/api/v1/clips/${id}/file`,
  }
}
