import * as v from 'valibot'

export const clipSchema = v.object({
  id: v.string(),
  sermonId: v.string(),
  shape: v.picklist(['square', 'portrait', 'landscape', 'audio']),
  startMs: v.number(),
  endMs: v.number(),
  text: v.string(),
  draft: v.boolean(),
  status: v.picklist(['pending', 'running', 'ready', 'failed', 'outdated']),
  progress: v.number(),
  error: v.nullable(v.string()),
  page: v.string(),
  file: v.string(),
})

/** A clip as the API answers it. */
export type Clip = v.InferOutput<typeof clipSchema>
export type ClipShape = Clip['shape']

export const clipListSchema = v.object({ clips: v.array(clipSchema), mayMake: v.boolean() })
