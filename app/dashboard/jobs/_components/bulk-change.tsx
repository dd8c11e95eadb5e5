'use client'

import { CircleStop, RotateCcw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ApiFailure, callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { type RunCounts, type RunsChanged, readRunCounts, readRunsChanged } from './run-counts.ts'

const kinds = {
  retry: { path: '/api/v1/runs/retry', which: 'retryable', Icon: RotateCcw },
  cancel: { path: '/api/v1/runs/cancel', which: 'cancellable', Icon: CircleStop },
} as const

/** The most runs that one call changes; the rest is offered again. */
const mostAtOnce = 500

type Phase =
  | { at: 'counting' }
  | { at: 'counted'; counts: RunCounts; warning: string | null }
  | { at: 'changing'; counts: RunCounts }
  | { at: 'done'; result: RunsChanged }
  | { at: 'failed'; message: string }

/** Retries or cancels every run of a filter: counts first, asks, then reports the result. */
export function BulkChange({
  kind,
  query,
  words,
  church,
  isOffered,
}: {
  kind: keyof typeof kinds
  /** The filter as query parameters of the API. */
  query: Record<string, string>
  words: string
  church: string
  /** Without it, only a change that has already begun is shown to its end. */
  isOffered: boolean
}) {
  const t = useTranslations('jobs')
  const failureText = useFailureText()
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const [phase, setPhase] = useState<Phase>({ at: 'counting' })
  const { path, which, Icon } = kinds[kind]
  const counts = phase.at === 'counted' || phase.at === 'changing' ? phase.counts : null
  const count = counts?.[which] ?? 0
  const now = Math.min(count, mostAtOnce)

  async function countFirst(warning: string | null = null) {
    setPhase({ at: 'counting' })
    try {
      const answer = await callApi('GET', jobsPath('/api/v1/runs/count', { ...query, church }))
      setPhase({ at: 'counted', counts: readRunCounts(answer), warning })
    } catch (error) {
      setPhase({ at: 'failed', message: failureText(error) })
    }
  }

  async function change(seen: RunCounts) {
    setPhase({ at: 'changing', counts: seen })
    try {
      const body = { ...query, expected: seen[which] }
      const result = readRunsChanged(await callApi('POST', jobsPath(path, { church }), body))
      setPhase({ at: 'done', result })
      router.refresh()
    } catch (error) {
      // There are now more runs than were counted: nothing was changed, and the new count is shown before asking again.
      if (error instanceof ApiFailure && error.status === 409) await countFirst(error.sentence)
      else setPhase({ at: 'failed', message: failureText(error) })
    }
  }

  return (
    <>
      {isOffered ? (
        <Button
          size="sm"
          icon={<Icon aria-hidden size={15} />}
          onClick={() => {
            setOpen(true)
            void countFirst()
          }}
        >
          {t(`${kind}These`)}…
        </Button>
      ) : null}
      <Dialog
        title={t(`${kind}Title`)}
        description={t('chosen', { words })}
        open={isOpen}
        onOpenChange={setOpen}
        actions={
          phase.at === 'done' ? (
            <>
              {phase.result.left > 0 ? (
                <Button onClick={() => void countFirst()}>
                  {t('continueWith', { count: phase.result.left })}
                </Button>
              ) : null}
              <DialogClose>
                <Button variant="primary">{t('done')}</Button>
              </DialogClose>
            </>
          ) : (
            <>
              <DialogClose>
                <Button>{t('goBack')}</Button>
              </DialogClose>
              {counts && count > 0 ? (
                <Button
                  variant={kind === 'cancel' ? 'danger' : 'primary'}
                  busy={phase.at === 'changing'}
                  onClick={() => void change(counts)}
                >
                  {t(`${kind}Act`, { count: now })}
                </Button>
              ) : null}
            </>
          )
        }
      >
        <div aria-live="polite" className="flex flex-col gap-3 text-sm">
          {phase.at === 'counting' ? (
            <>
              <p className="text-soft">{t('countingNow')}</p>
              <ProgressBar label={t('counting')} />
            </>
          ) : null}
          {phase.at === 'counted' && phase.warning ? (
            <Notice tone="warn" title={t('nothingChanged')}>
              {phase.warning}
            </Notice>
          ) : null}
          {counts ? (
            count > 0 ? (
              <>
                <p className="figures text-base font-medium" data-count={count}>
                  {t(`${kind}Found`, { count })}
                </p>
                <p className="text-soft">
                  {[
                    counts.total > count ? t('fitsInAll', { count: counts.total }) : '',
                    t(`${kind}Means`),
                    count > mostAtOnce ? t('firstNow', { count: mostAtOnce }) : '',
                  ]
                    .filter((sentence) => sentence !== '')
                    .join(' ')}
                </p>
              </>
            ) : (
              <p>{t(`${kind}Nothing`)}</p>
            )
          ) : null}
          {phase.at === 'done' ? (
            <Notice
              tone={phase.result.failed > 0 ? 'warn' : 'ok'}
              title={t(`${kind}Done`, { count: phase.result.changed })}
            >
              {phase.result.failed > 0 ? t('couldNotChange', { count: phase.result.failed }) : null}
            </Notice>
          ) : null}
          {phase.at === 'failed' ? (
            <Notice tone="danger" title={t('didNotWork')}>
              {phase.message}
            </Notice>
          ) : null}
        </div>
      </Dialog>
    </>
  )
}
