import * as v from 'valibot'
import { callApi } from '#components/api/call-api.ts'

const answerSchema = v.object({
  versions: v.array(
    v.object({
      revision: v.number(),
      reviewed: v.boolean(),
      editedBy: v.nullable(v.string()),
      createdAt: v.string(),
    }),
  ),
})

/** A version of a transcript as the list shows it. */
export type ListedVersion = v.InferOutput<typeof answerSchema>['versions'][number]

/** The versions of a sermon's transcript, newest first; null without an answer. */
export async function readVersions(sermonId: string): Promise<ListedVersion[] | null> {
  const answer = await callApi('GET', `/api/v1/sermons/${sermonId}/transcript/versions`).catch(() => null)
  const read = v.safeParse(answerSchema, answer)
  return read.success ? read.output.versions : null
}
