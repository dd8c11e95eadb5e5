import * as v from 'valibot'
import type { ApiCut } from '#lib/cuts/read-cut.ts'

const part = v.object({ startMs: v.number(), endMs: v.number() })

const cutSchema: v.GenericSchema<ApiCut> = v.object({
  durationMs: v.number(),
  published: v.nullable(part),
  requested: v.nullable(v.object({ ...part.entries, progress: v.number(), error: v.nullable(v.string()) })),
  proposal: v.nullable(
    v.object({ state: v.picklist(['pending', 'ready', 'failed']), part: v.nullable(part) }),
  ),
  peaks: v.array(v.number()),
})

/** Parses what `/api/v1/sermons/:id/cut` answers. Throws on another shape. */
export function readCutAnswer(answer: unknown): ApiCut {
  return v.parse(cutSchema, answer)
}
