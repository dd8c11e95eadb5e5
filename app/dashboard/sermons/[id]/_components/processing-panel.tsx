'use client'

import { Check, CircleAlert, CircleDashed, Hourglass, LoaderCircle } from 'lucide-react'
import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { RelativeTime } from '#components/dates/relative-time.tsx'
import { useNow } from '#components/dates/use-now.ts'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { classNames } from '#components/ui/class-names.ts'
import { formatElapsed } from '#components/ui/format-elapsed.ts'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import { acceptedTypes } from '#components/upload/choose-files.tsx'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { ChooseOneFile } from './choose-one-file.tsx'
import {
  listProcessingSteps,
  type ProcessingStep,
  type ProcessingTimes,
  rangeLeft,
} from './processing-steps.ts'
import { useReplaceRecording } from './use-replace-recording.ts'

type Range = { lowMs: number; highMs: number } | null

const looks = {
  waiting: { Icon: Hourglass, colour: 'bg-warn-soft text-warn', word: 'statusWaiting' },
  blocked: { Icon: CircleDashed, colour: 'bg-sunken text-faint', word: 'statusBlocked' },
  pending: { Icon: CircleDashed, colour: 'bg-sunken text-soft', word: 'statusPending' },
  running: { Icon: LoaderCircle, colour: 'bg-accent-soft text-ink', word: 'statusRunning' },
  ready: { Icon: Check, colour: 'bg-ok-soft text-ok', word: 'statusReady' },
  failed: { Icon: CircleAlert, colour: 'bg-danger-soft text-danger', word: 'statusFailed' },
} as const

/** The processing of the recording, step by step, with an explanation and a button for failed steps. */
export function ProcessingPanel({
  sermon,
  times,
  estimates,
  canEdit,
}: {
  sermon: SermonView
  times: ProcessingTimes
  estimates: { media: Range; transcript: Range }
  canEdit: boolean
}) {
  const t = useTranslations('sermonEditor')
  const language = useLanguage()
  return (
    <Panel title={t('processing')}>
      <ol className="flex flex-col">
        {listProcessingSteps(sermon, times, t, language).map((step, index, all) => (
          <li key={step.key} className="flex gap-3.5" data-step={step.key} data-status={step.status}>
            <div className="flex flex-col items-center">
              <Mark step={step} />
              {index < all.length - 1 ? <span aria-hidden className="w-px flex-1 bg-line" /> : null}
            </div>
            <div className="min-w-0 flex-1 pb-5">
              <p className="flex flex-wrap items-baseline gap-x-2.5 text-sm wrap-anywhere">
                <span className="font-medium">{step.title}</span>
                <span className="sr-only">: {t(looks[step.status].word)}</span>
                <Times
                  step={step}
                  estimate={step.key === 'media' || step.key === 'transcript' ? estimates[step.key] : null}
                />
              </p>
              {step.status === 'running' ? (
                <ProgressBar
                  value={step.progress > 0 ? step.progress : null}
                  label={step.title}
                  className="mt-2 max-w-64"
                />
              ) : null}
              {step.text ? (
                <p
                  className={classNames(
                    'mt-0.5 text-sm wrap-anywhere',
                    step.status === 'failed' ? 'text-danger' : 'text-soft',
                  )}
                >
                  {step.text}
                </p>
              ) : null}
              {step.notes.map((note) => (
                <p key={note} className="mt-0.5 text-sm text-soft wrap-anywhere">
                  {note}
                </p>
              ))}
              {canEdit ? <StepActions step={step} sermon={sermon} /> : null}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function Mark({ step }: { step: ProcessingStep }) {
  const { Icon, colour } = looks[step.status]
  return (
    <span aria-hidden className={classNames('grid size-7 shrink-0 place-items-center rounded-full', colour)}>
      <Icon size={15} className={step.status === 'running' ? 'animate-turn' : ''} />
    </span>
  )
}

function Times({ step, estimate }: { step: ProcessingStep; estimate: Range }) {
  const t = useTranslations('sermonEditor')
  const nowMs = useNow('second', step.status === 'running')
  if (step.status === 'pending') return <span className="text-xs text-faint">{t('queued')}</span>
  if (step.status === 'running') {
    const passedMs = step.startedAt && nowMs !== null ? nowMs - Date.parse(step.startedAt) : 0
    const left = nowMs === null ? null : rangeLeft(estimate, passedMs, t)
    const percent = step.progress > 0 ? `${step.progress}%` : null
    return (
      <span className="figures text-xs text-soft">
        {[percent, left].filter((part) => part !== null).join(' · ')}
      </span>
    )
  }
  if (!step.finishedAt) return null
  const tookMs = step.startedAt ? Date.parse(step.finishedAt) - Date.parse(step.startedAt) : null
  return (
    <span className="figures text-xs text-faint">
      <RelativeTime iso={step.finishedAt} />
      {tookMs !== null && tookMs >= 0 ? ` · ${t('took', { duration: formatElapsed(tookMs) })}` : ''}
    </span>
  )
}

function StepActions({ step, sermon }: { step: ProcessingStep; sermon: SermonView }) {
  const t = useTranslations('sermonEditor')
  const failureText = useFailureText()
  const replace = useReplaceRecording(sermon)
  const [busy, setBusy] = useState(false)

  async function request(path: string, body: Record<string, unknown> | undefined, done: string) {
    setBusy(true)
    try {
      await callApi('POST', `/api/v1/sermons/${sermon.id}/${path}`, body)
      showToast(done)
    } catch (error) {
      showToast(failureText(error), 'danger')
    } finally {
      setBusy(false)
    }
  }

  const again = () =>
    request('reprocess', { redo: step.key === 'received' ? [] : [step.key] }, t('queuedAgain'))

  const failed = step.status === 'failed'
  const canRetry = failed || (step.key === 'transcript' && step.status === 'waiting')
  const canReplace =
    (step.key === 'media' && failed) || (step.key === 'received' && step.status === 'waiting')
  if (!canRetry && !canReplace) return null
  return (
    <div className="mt-2.5 flex flex-wrap gap-2">
      {canRetry ? (
        <Button size="sm" busy={busy} onClick={() => void again()}>
          {t('tryAgain')}
        </Button>
      ) : null}
      {canReplace ? (
        <ChooseOneFile accept={acceptedTypes} onChoose={(file) => void replace(file)}>
          {t(step.key === 'received' ? 'chooseRecording' : 'replaceFailed')}
        </ChooseOneFile>
      ) : null}
    </div>
  )
}
