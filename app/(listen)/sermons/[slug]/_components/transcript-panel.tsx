import { Download } from 'lucide-react'
import type { Track } from '#components/player/track.ts'
import { Transcript } from '#components/transcript/transcript.tsx'
import { Pill } from '#components/ui/pill.tsx'
import type { SermonTranscriptView } from '#lib/sermons/sermon.ts'

/** The transcript with what a reader should know about it. */
export function TranscriptPanel({
  transcript,
  track,
  pageHref,
  sermonId,
}: {
  transcript: SermonTranscriptView
  track: Track | null
  pageHref: string
  sermonId: string
}) {
  return (
    <div>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 text-xs text-faint lg:pl-16">
        {transcript.isDraft ? (
          <span className="flex items-center gap-2">
            <Pill tone="warn">Draft transcript</Pill> Written by a machine, so some words will be wrong.
          </span>
        ) : null}
        {transcript.isApproximate ? (
          <span className="flex items-center gap-2">
            <Pill>Approximate times</Pill> The place of each word is worked out from the text.
          </span>
        ) : null}
        <a
          href={`/api/v1/sermons/${sermonId}/transcript.vtt`}
          className="press -ml-2 inline-flex min-h-9 items-center gap-1.5 rounded-full px-2 font-medium text-soft hover:bg-sunken hover:text-ink"
          download
        >
          <Download aria-hidden size={14} />
          Download
        </a>
      </div>
      <Transcript
        track={track}
        pageHref={pageHref}
        words={transcript.words}
        sentences={transcript.sentences}
      />
    </div>
  )
}
