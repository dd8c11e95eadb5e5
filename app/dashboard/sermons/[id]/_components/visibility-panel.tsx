'use client'

import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useDraft } from '#components/autosave/use-draft.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { PublicationPill } from '#components/dashboard/publication-pill.tsx'
import { PublishButton } from '#components/dashboard/publish-button.tsx'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { formatMoment } from '#components/ui/format-date.ts'
import { showToast } from '#components/ui/toast-store.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** Who sees the sermon, now or from a time on. */
export function VisibilityPanel({
  sermon,
  canEdit,
  onChange,
}: {
  sermon: SermonView
  canEdit: boolean
  onChange: (patch: Partial<SermonView>) => void
}) {
  const failureText = useFailureText()
  const [at, setAt] = useDraft(`schedule:${sermon.id}`)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function schedule() {
    const moment = new Date(at)
    if (Number.isNaN(moment.getTime())) {
      setError('Choose a day and a time.')
      return
    }
    setBusy(true)
    setError(null)
    try {
      await callApi('POST', `/api/v1/sermons/${sermon.id}/publish`, { at: moment.toISOString() })
      onChange({ publication: 'scheduled', publishAt: moment.toISOString() })
      showToast(`It will be published on ${formatMoment(moment.toISOString())}.`)
      setAt('')
    } catch (failure) {
      setError(failureText(failure))
    } finally {
      setBusy(false)
    }
  }

  async function cancelSchedule() {
    try {
      await callApi('POST', `/api/v1/sermons/${sermon.id}/unpublish`)
      onChange({ publication: 'draft', publishAt: null })
      showToast('The schedule is cancelled. The sermon stays visible to the team only.')
    } catch (error) {
      showToast(failureText(error), 'danger')
    }
  }

  return (
    <Panel title="Visibility" aside={<PublicationPill sermon={sermon} />}>
      <p className="text-sm text-soft">
        {sermon.publication === 'published'
          ? 'Everyone can listen, read and ask. Each part appears when it is ready.'
          : sermon.publication === 'scheduled'
            ? 'Team only, until the scheduled time.'
            : 'Only your church’s team.'}
      </p>
      {canEdit ? (
        <>
          <div className="mt-4 flex flex-wrap gap-2.5">
            <PublishButton sermon={sermon} onChange={onChange} size="md" />
            {sermon.publication === 'scheduled' ? (
              <Button variant="quiet" onClick={() => void cancelSchedule()}>
                Cancel schedule
              </Button>
            ) : null}
          </div>
          {sermon.publication === 'published' ? null : (
            <details className="mt-4 text-sm">
              <summary className="w-fit text-soft hover:text-ink">
                {sermon.publication === 'scheduled' ? 'Change the time' : 'Publish later'}
              </summary>
              <div className="mt-3 flex flex-wrap items-end gap-2.5">
                <div className="min-w-0 flex-1 basis-52">
                  <TextField
                    label="Day and time"
                    type="datetime-local"
                    value={at}
                    error={error}
                    onChange={(event) => setAt(event.currentTarget.value)}
                  />
                </div>
                <Button busy={busy} onClick={() => void schedule()}>
                  Schedule
                </Button>
              </div>
            </details>
          )}
        </>
      ) : null}
    </Panel>
  )
}
