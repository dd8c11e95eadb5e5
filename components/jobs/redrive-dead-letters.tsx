'use client'

import { Play, Send } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import { jobsPath } from './jobs-path.ts'
import { type PlanRow, type RedrivePlanView, readRedrivePlan } from './read-answers.ts'

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
      showToast(isOne ? 'Requested again.' : 'The redrive has started.')
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
        {isOne ? 'Redrive…' : 'Redrive all…'}
        {label ? <span className="sr-only"> {label}</span> : null}
      </Button>
      <Dialog
        title={isOne ? 'Redrive this dead letter?' : 'Redrive these dead letters?'}
        description="This is what would happen; nothing has been done yet."
        open={isOpen}
        onOpenChange={setOpen}
        wide
        actions={
          <>
            <DialogClose>
              <Button>Go back</Button>
            </DialogClose>
            {plan && free > 0 ? (
              <Button
                variant="primary"
                busy={busy}
                disabled={!isOne && !isRateGood}
                onClick={() => void redrive()}
              >
                {isOne ? 'Redrive it' : `Redrive ${plan.total}`}
              </Button>
            ) : null}
          </>
        }
      >
        <div className="flex flex-col gap-4 text-sm" aria-live="polite">
          {plan === null && error === null ? <ProgressBar label="Dry run" /> : null}
          {plan ? <Plan plan={plan} isOne={isOne} /> : null}
          {plan && !isOne && free > 0 ? (
            <div className="max-w-56">
              <TextField
                label="How many per second"
                type="number"
                min={1}
                max={mostPerSecond}
                inputMode="numeric"
                value={perSecond}
                onChange={(event) => setPerSecond(event.currentTarget.value)}
                {...(isRateGood
                  ? {
                      hint: `About ${takes(plan.total, rate)}. Stops automatically when the failure returns.`,
                    }
                  : { error: `Choose a number from 1 to ${mostPerSecond}.` })}
              />
            </div>
          ) : null}
          {error ? <Notice tone="danger">{error}</Notice> : null}
        </div>
      </Dialog>
    </>
  )
}

function takes(total: number, rate: number): string {
  const seconds = Math.max(1, Math.ceil(total / rate))
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}

function Plan({ plan, isOne }: { plan: RedrivePlanView; isOne: boolean }) {
  const blocked = plan.rows.filter(({ blockedBecause }) => blockedBecause !== null).length
  const more = plan.total - plan.rows.length
  return (
    <div>
      {isOne ? null : (
        <p className="figures pb-2.5 text-base font-medium" data-plan-total={plan.total}>
          {plan.total} {plan.total === 1 ? 'dead letter' : 'dead letters'}
          {blocked > 0 ? `, ${blocked} of which cannot be redriven` : ''}
        </p>
      )}
      <ul aria-label="Dry run" className="rounded-sm bg-sunken px-3.5">
        {plan.rows.map((row) => (
          <li
            key={row.letterId}
            data-plan={row.blockedBecause ? 'blocked' : 'redrive'}
            className="border-t border-line py-2.5 first:border-t-0"
          >
            <p className="font-medium wrap-anywhere">{row.what}</p>
            <p className={row.blockedBecause ? 'text-xs text-warn' : 'text-xs text-soft'}>
              {sentenceOf(row)}
            </p>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="figures pt-2 text-xs text-soft">… and {more} more.</p> : null}
    </div>
  )
}

function sentenceOf({ blockedBecause, performs, skips }: PlanRow): string {
  if (blockedBecause) return `Stays open. ${blockedBecause}`
  const finished = skips > 0 ? ` Skips ${skips} finished ${skips === 1 ? 'step' : 'steps'}.` : ''
  return performs.length > 0
    ? `Does ${performs.join(', ')}.${finished}`
    : `Requests the work again.${finished}`
}
