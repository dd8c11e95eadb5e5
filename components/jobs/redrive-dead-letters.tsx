'use client'

import { Play, Send } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import type { Translations } from '#components/messages/translations.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import { jobsPath } from './jobs-path.ts'
import { type PlanRow, type RedrivePlanView, readRedrivePlan } from './redrive-plan.ts'

type Target = { letterId: string } | { fingerprint: string }
const mostPerSecond = 100
const usualPerSecond = 5

/** Redrives one dead letter, or all open ones of a kind. A dry run shows first what would happen. */
export function RedriveDeadLetters({
  target,
  churchId,
  label,
}: {
  target: Target
  churchId: string
  /** Names the dead letter for screen readers. */
  label?: string
}) {
  const t = useTranslations('jobs')
  const failureText = useFailureText()
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const [plan, setPlan] = useState<RedrivePlanView | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [perSecond, setPerSecond] = useState(String(usualPerSecond))
  const isOne = 'letterId' in target
  const path = jobsPath(isOne ? `/api/v1/dead-letters/${target.letterId}/redrive` : '/api/v1/redrives', {
    church: churchId,
  })
  const about = isOne ? {} : { fingerprint: target.fingerprint }
  const free = plan?.rows.filter(({ blockedBecause }) => blockedBecause === null).length ?? 0
  const rate = Math.round(Number(perSecond))
  const isRateGood = Number.isFinite(rate) && rate >= 1 && rate <= mostPerSecond

  async function open() {
    setOpen(true)
    setPlan(null)
    setError(null)
    try {
      setPlan(readRedrivePlan(await callApi('POST', path, { ...about, dryRun: true })))
    } catch (failure) {
      setError(failureText(failure))
    }
  }

  async function redrive() {
    setBusy(true)
    setError(null)
    try {
      await callApi('POST', path, isOne ? {} : { ...about, perSecond: rate })
      setOpen(false)
      showToast(t(isOne ? 'requestedAgain' : 'redriveStarted'))
      router.refresh()
    } catch (failure) {
      setError(failureText(failure))
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Button
        size="sm"
        variant={isOne ? 'secondary' : 'primary'}
        icon={isOne ? <Play aria-hidden size={14} /> : <Send aria-hidden size={14} />}
        onClick={() => void open()}
      >
        {isOne
          ? t.rich('redrive', {
              name: label ?? '',
              hidden: (text) => (label ? <span className="sr-only">{text}</span> : null),
            })
          : t('redriveAll')}
      </Button>
      <Dialog
        title={t(isOne ? 'redriveOneTitle' : 'redriveTitle')}
        description={t('redriveText')}
        open={isOpen}
        onOpenChange={setOpen}
        wide
        actions={
          <>
            <DialogClose>
              <Button>{t('goBack')}</Button>
            </DialogClose>
            {plan && free > 0 ? (
              <Button
                variant="primary"
                busy={busy}
                disabled={!isOne && !isRateGood}
                onClick={() => void redrive()}
              >
                {isOne ? t('redriveIt') : t('redriveCount', { count: plan.total })}
              </Button>
            ) : null}
          </>
        }
      >
        <div className="flex flex-col gap-4 text-sm" aria-live="polite">
          {plan === null && error === null ? <ProgressBar label={t('dryRun')} /> : null}
          {plan ? <Plan plan={plan} isOne={isOne} /> : null}
          {plan && !isOne && free > 0 ? (
            <div className="max-w-56">
              <TextField
                label={t('howManyPerSecond')}
                type="number"
                min={1}
                max={mostPerSecond}
                inputMode="numeric"
                value={perSecond}
                onChange={(event) => setPerSecond(event.currentTarget.value)}
                {...(isRateGood
                  ? { hint: formatRedriveDuration(plan.total, rate, t) }
                  : { error: t('chooseRate', { most: mostPerSecond }) })}
              />
            </div>
          ) : null}
          {error ? <Notice tone="danger">{error}</Notice> : null}
        </div>
      </Dialog>
    </>
  )
}

function formatRedriveDuration(total: number, rate: number, t: Translations<'jobs'>): string {
  const seconds = Math.max(1, Math.ceil(total / rate))
  return seconds < 90
    ? t('takesSeconds', { count: seconds })
    : t('takesMinutes', { count: Math.round(seconds / 60) })
}

function Plan({ plan, isOne }: { plan: RedrivePlanView; isOne: boolean }) {
  const t = useTranslations('jobs')
  const blocked = plan.rows.filter(({ blockedBecause }) => blockedBecause !== null).length
  const more = plan.total - plan.rows.length
  return (
    <div>
      {isOne ? null : (
        <p className="figures pb-2.5 text-base font-medium" data-plan-total={plan.total}>
          {blocked > 0
            ? t('deadLetterCountBlocked', { count: plan.total, blocked })
            : t('deadLetterCount', { count: plan.total })}
        </p>
      )}
      <ul aria-label={t('dryRun')} className="rounded-sm bg-sunken px-3.5">
        {plan.rows.map((row) => (
          <li
            key={row.letterId}
            data-plan={row.blockedBecause ? 'blocked' : 'redrive'}
            className="border-t border-line py-2.5 first:border-t-0"
          >
            <p className="font-medium wrap-anywhere">{row.what ?? t('work')}</p>
            <p className={row.blockedBecause ? 'text-xs text-warn' : 'text-xs text-soft'}>
              {describePlanRow(row, t)}
            </p>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="figures pt-2 text-xs text-soft">{t('andMore', { count: more })}</p> : null}
    </div>
  )
}

function describePlanRow({ blockedBecause, performs, skips }: PlanRow, t: Translations<'jobs'>): string {
  if (blockedBecause) return t('staysOpen', { reason: blockedBecause })
  const work = performs.length > 0 ? t('performs', { steps: performs.join(', ') }) : t('requestsAgain')
  return skips > 0 ? `${work} ${t('skips', { count: skips })}` : work
}
