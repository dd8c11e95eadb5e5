import { useEffect, useState } from 'react'
import * as v from 'valibot'
import { ApiFailure, callApi } from '#components/api/call-api.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

const answerSchema = v.object({ topics: v.array(v.string()) })

/** The topics that the text of a sermon suggests, read again when the sermon changes; empty before it is indexed. */
export function useTopicSuggestions({ id, updatedAt, trashedAt, facets }: SermonView): readonly string[] {
  const [topics, setTopics] = useState<readonly string[]>([])
  /** Another version of the sermon can have other suggestions. */
  const version = facets.index.status === 'ready' && trashedAt === null ? `${id} ${updatedAt}` : null
  useEffect(() => {
    if (version === null) return
    let isShown = true
    callApi('GET', `/api/v1/sermons/${id}/topic-suggestions`)
      .then((answer) => {
        if (isShown) setTopics(v.parse(answerSchema, answer).topics)
      })
      .catch((error: unknown) => {
        // Without an answer the form works as before.
        if (!(error instanceof ApiFailure)) reportError(error)
      })
    return () => {
      isShown = false
    }
  }, [id, version])
  return topics
}
