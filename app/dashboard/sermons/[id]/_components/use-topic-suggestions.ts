import { useEffect, useState } from 'react'
import * as v from 'valibot'
import { ApiFailure, callApi } from '#components/api/call-api.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

const answerSchema = v.object({ topics: v.array(v.string()) })

/** The topics that the text of a sermon suggests, read again when it is indexed again; empty before that. */
export function useTopicSuggestions({ id, trashedAt, facets }: SermonView): readonly string[] {
  const [topics, setTopics] = useState<readonly string[]>([])
  const isIndexed = facets.index.status === 'ready' && trashedAt === null
  useEffect(() => {
    if (!isIndexed) return
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
  }, [id, isIndexed])
  return topics
}
