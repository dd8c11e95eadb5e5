import { openLiveStream } from '#components/live/open-live-stream.ts'
import { readSermonEvent } from '#components/live/read-sermon-event.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** Calls `onSermon` when the sermon changes. Returns a function that stops it. */
export function followSermon(id: string, onSermon: (sermon: SermonView) => void): () => void {
  return openLiveStream(`/api/v1/live?sermon=${id}`, {
    event: 'sermon',
    onEvent: (data) => {
      const next = readSermonEvent(data)
      if (next) onSermon(next)
    },
  })
}
