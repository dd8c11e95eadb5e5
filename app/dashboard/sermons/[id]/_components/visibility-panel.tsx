'use client'

import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useDraft } from '#components/autosave/use-draft.ts'
import {
  AskBeforePublishing,
  ifWithoutDoubt,
  type PublishDoubt,
  readDoubt,
} from '#components/dashboard/ask-before-publishing.tsx'
import { Panel } from '#components/dashboard/panel.tsx'
import { PublicationPill } from '#components/dashboard/publication-pill.tsx'
import { PublishButton } from '#components/dashboard/publish-button.tsx'
import { useDateStyle } from '#components/dates/use-date-style.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import { formatMoment } from '#lib/dates/format-date.ts'
import { readLocalTime } from '#lib/dates/local-time.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** Sets who can see the sermon, now or from a scheduled time on. */
export function VisibilityPanel({
  sermon,
  canEdit,
  onChange,
}: {
  sermon: SermonView
  canEdit: boolean
  onChange: (patch: Partial<SermonView>) => void
}) {
  const t = useTranslations('sermonEditor')
  const failureText = useFailureText()
  const style = useDateStyle()
  const { timeZone } = style
  const [at, setAt] = useDraft(`schedule:${sermon.id}`)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [doubt, setDoubt] = useState<PublishDoubt | null>(null)

  const chosen = readLocalTime(at, timeZone)
  const hint =
    chosen.kind === 'repeated'
      ? t('timeRepeated', { timeZone })
      : chosen.kind === 'skipped'
        ? t('timeSkipped', { timeZone })
        : t('timesAreIn', { timeZone })

  async function schedule(conditions: Record<string, boolean>) {
    if (chosen.kind === 'invalid' || chosen.kind === 'skipped') {
      setError(chosen.kind === 'invalid' ? t('chooseDayAndTime') : t('timeSkipped', { timeZone }))
      return
    }
    const { iso } = chosen
    setBusy(true)
    setError(null)
    try {
      await callApi('POST', `/api/v1/sermons/${sermon.id}/publish`, { ...conditions, at: iso })
      onChange({ publication: 'scheduled', publishAt: iso })
      showToast(t('scheduled', { moment: formatMoment(iso, style) }))
      setAt('')
    } catch (failure) {
      setError(failureText(failure))
      setDoubt(readDoubt(failure))
    } finally {
      setBusy(false)
    }
  }

  async function cancelSchedule() {
    try {
      await callApi('POST', `/api/v1/sermons/${sermon.id}/unpublish`)
      onChange({ publication: 'draft', publishAt: null })
      showToast(t('scheduleCancelled'))
    } catch (error) {
      showToast(failureText(error), 'danger')
    }
  }

  return (
    <Panel title={t('visibility')} aside={<PublicationPill sermon={sermon} />}>
      <p className="text-sm text-soft">
        {sermon.publication === 'published'
          ? t('visibleToAll')
          : sermon.publication === 'scheduled'
            ? t('visibleLater')
            : t('visibleToTeam')}
      </p>
      {canEdit ? (
        <>
          <div className="mt-4 flex flex-wrap gap-2.5">
            <PublishButton sermon={sermon} onChange={onChange} size="md" />
            {sermon.publication === 'scheduled' ? (
              <Button variant="quiet" onClick={() => void cancelSchedule()}>
                {t('cancelSchedule')}
              </Button>
            ) : null}
          </div>
          {sermon.publication === 'published' ? null : (
            <details className="mt-4 text-sm">
              <summary className="w-fit text-soft hover:text-ink">
                {t(sermon.publication === 'scheduled' ? 'changeTime' : 'publishLater')}
              </summary>
              <div className="mt-3">
                <TextField
                  label={t('dayAndTime')}
                  type="datetime-local"
                  value={at}
                  error={error}
                  hint={hint}
                  onChange={(event) => {
                    setError(null)
                    setAt(event.currentTarget.value)
                  }}
                  action={
                    <Button busy={busy} onClick={() => void schedule(ifWithoutDoubt)}>
                      {t('schedule')}
                    </Button>
                  }
                />
              </div>
              <AskBeforePublishing
                doubt={doubt}
                reason={error ?? ''}
                onPublish={() => void schedule({})}
                onClose={() => setDoubt(null)}
              />
            </details>
          )}
        </>
      ) : null}
    </Panel>
  )
}
