import { z } from 'zod'
import type { EventType } from '#lib/db/schema.ts'

const sermonWork = z.object({ churchId: z.uuid(), sermonId: z.uuid() })
const sermonMediaWork = sermonWork.extend({ mediaRevision: z.number().int().positive() })

/**
 * Every task that an event or another task starts, with the shape of its payload. Routes and tasks share only this list.
 * A payload holds ids and revisions only; the task reads the rows when it runs.
 */
export const catalog = {
  'process-sermon': sermonWork.extend({
    mediaRevision: z.number().int().nonnegative(),
    eventId: z.uuid().optional(),
    /** Facets to process again from the start; other finished steps are skipped. */
    redo: z.array(z.enum(['media', 'transcript', 'index'])).default([]),
  }),
  'prepare-media': sermonMediaWork,
  transcribe: sermonMediaWork,
  'read-transcript': sermonMediaWork,
  /** `transcriptId` is the text without times, as it arrived. */
  'time-transcript': sermonMediaWork.extend({ transcriptId: z.uuid() }),
  /** The clip of this row is cut from the recording of this revision. */
  'render-clip': sermonMediaWork.extend({ clipId: z.uuid() }),
  'index-passages': sermonWork,
  announce: sermonWork,
  'publish-sermon': sermonWork,
  'tag-podcast-file': sermonWork,
  'cut-recording': sermonWork.extend({ cutId: z.uuid() }),
  'propose-cut': sermonWork.extend({ originalRevision: z.number().int().positive() }),
  'remove-objects': z.object({
    churchId: z.uuid(),
    objects: z.array(z.object({ bucket: z.string(), path: z.string() })).max(200),
    /** Every object of this sermon is removed too. It is not a `sermonId`: the sermon no longer exists. */
    deletedSermonId: z.uuid().optional(),
  }),
} as const

export type TaskId = keyof typeof catalog
export type TaskPayload<Id extends TaskId> = z.infer<(typeof catalog)[Id]>

/** Tasks that the job engine starts at fixed times. They belong to no sermon and are not recorded as runs. */
export const scheduledTasks = ['background-work'] as const

/** Which task an event of each type starts. */
export const eventTasks = {
  'sermon.uploaded': 'process-sermon',
  'sermon.transcript-supplied': 'process-sermon',
  'sermon.reprocess': 'process-sermon',
  'sermon.reindex': 'index-passages',
  'sermon.publish-due': 'publish-sermon',
  'sermon.removed': 'remove-objects',
  'sermon.tags-changed': 'tag-podcast-file',
  'sermon.times-missing': 'time-transcript',
  'sermon.clip-requested': 'render-clip',
  'sermon.cut-requested': 'cut-recording',
  'sermon.cut-unknown': 'propose-cut',
} as const satisfies Record<EventType, TaskId>
