import type { ReactNode } from 'react'
import { FacetProgress } from '#components/sermon/live-facets.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { SermonView } from '#lib/sermons/sermon.ts'

type Props = { sermon: SermonView; canEdit: boolean }

const isUnderWay = (status: string) => status === 'pending' || status === 'running'

function EditLink({ sermon, children }: { sermon: SermonView; children: ReactNode }) {
  return (
    <ButtonLink size="sm" href={`/dashboard/sermons/${sermon.id}`}>
      {children}
    </ButtonLink>
  )
}

/** Instead of the timeline, while there is nothing to hear. */
export function MediaState({ sermon, canEdit }: Props) {
  const { status, error } = sermon.facets.media
  if (isUnderWay(status)) {
    return (
      <FacetProgress sermon={sermon} facet="media" label="Preparing the recording">
        <span className="font-medium text-ink">The recording is being prepared.</span> It can be heard here in
        a moment; this page shows it by itself.
      </FacetProgress>
    )
  }
  if (status === 'failed') {
    return (
      <Notice
        tone="danger"
        title="This recording cannot be played"
        action={canEdit ? <EditLink sermon={sermon}>See what to do</EditLink> : null}
      >
        {canEdit
          ? (error?.message ?? 'Something went wrong while it was prepared.')
          : 'Please come back later.'}
      </Notice>
    )
  }
  return (
    <Notice
      title="The recording is still to come"
      action={canEdit ? <EditLink sermon={sermon}>Upload the recording</EditLink> : null}
    >
      {canEdit ? 'Upload it, or go on with an upload that was interrupted.' : 'Please come back later.'}
    </Notice>
  )
}

/** Instead of the transcript, while there is nothing to read. */
export function TranscriptState({ sermon, canEdit }: Props) {
  const { status, error } = sermon.facets.transcript
  const { status: media } = sermon.facets.media
  if (status === 'running' || (status === 'pending' && media !== 'failed')) {
    return (
      <FacetProgress sermon={sermon} facet="transcript" label="Writing the transcript">
        <span className="font-medium text-ink">The transcript is being written.</span> It appears here by
        itself.
        {media === 'ready' ? ' You can listen meanwhile.' : ''}
      </FacetProgress>
    )
  }
  // Both stumble over the same file: the notice above has said it, and what to do.
  if (status === 'failed' && error !== null && error.message === sermon.facets.media.error?.message) {
    return <Notice title="There is no transcript">It needs a recording that can be read.</Notice>
  }
  if (status === 'failed') {
    return (
      <Notice
        tone={canEdit ? 'danger' : 'info'}
        title="There is no transcript"
        action={canEdit ? <EditLink sermon={sermon}>See what to do</EditLink> : null}
      >
        {canEdit
          ? (error?.message ?? 'It could not be written from this recording.')
          : media === 'ready'
            ? 'This sermon can be heard, but not read.'
            : 'There is nothing to read while the recording cannot be used.'}
      </Notice>
    )
  }
  return (
    <Notice
      title="There is no transcript yet"
      action={canEdit ? <EditLink sermon={sermon}>Add a transcript</EditLink> : null}
    >
      {canEdit
        ? 'This sermon needs a transcript before it can be read along and asked. Add one as VTT, SRT or plain text.'
        : media === 'ready'
          ? 'This sermon can be heard, but not read yet.'
          : 'It follows the recording.'}
    </Notice>
  )
}

/** Instead of the question box, while there is nothing to ask. */
export function AskState({ sermon, canEdit }: Props) {
  const { index, transcript } = sermon.facets
  if (isUnderWay(index.status) && transcript.status === 'ready') {
    return (
      <FacetProgress sermon={sermon} facet="index" label="Preparing for questions">
        <span className="font-medium text-ink">Almost ready for questions.</span> The sermon is being read
        through; the question box appears by itself.
      </FacetProgress>
    )
  }
  if (index.status === 'failed') {
    return (
      <Notice
        tone={canEdit ? 'danger' : 'info'}
        title="This sermon cannot be asked"
        action={canEdit ? <EditLink sermon={sermon}>See what to do</EditLink> : null}
      >
        {canEdit
          ? (index.error?.message ?? 'It could not be read through.')
          : 'You can still listen to it and read along.'}
      </Notice>
    )
  }
  return (
    <Notice title="This sermon cannot be asked yet">
      Questions are answered from the transcript, word for word. As soon as there is one, you can ask here.
    </Notice>
  )
}
