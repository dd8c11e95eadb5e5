'use client'

import { CircleStop, RotateCcw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ApiFailure, callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import {
  type RunCounts,
  type RunsChanged,
  readRunCounts,
  readRunsChanged,
} from '#components/jobs/read-answers.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'

const kinds = {
  retry: {
    button: 'Retry these',
    title: 'Retry these runs?',
    path: '/api/v1/runs/retry',
    which: 'retryable',
    Icon: RotateCcw,
    found: (count: number) => `${runsIn(count)} ended without completing.`,
    means: 'Their work is requested once for each sermon. Finished steps are skipped.',
    nothing: 'None of these runs ended without completing: there is nothing to retry.',
    act: (count: number) => `Retry ${count}`,
    done: (count: number) => `Requested again: the work of ${count}.`,
  },
  cancel: {
    button: 'Cancel these',
    title: 'Cancel these runs?',
    path: '/api/v1/runs/cancel',
    which: 'cancellable',
    Icon: CircleStop,
    found: (count: number) => `${runsIn(count)} ${count === 1 ? 'has' : 'have'} not ended yet.`,
    means: 'They are stopped at once. Finished steps are kept, so a retry continues from there.',
    nothing: 'All of these runs have ended: there is nothing to cancel.',
    act: (count: number) => `Cancel ${count}`,
    done: (count: number) => `${runsIn(count)} cancelled.`,
  },
} as const

const runsIn = (count: number) => `${count} ${count === 1 ? 'run' : 'runs'}`
/** One call changes so many; the rest is offered again. */
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
  /** The filter as the server asks the database for it. */
  query: Record<string, string>
  words: string
  church: string
  /** Without it only what was begun is shown to its end. */
  isOffered: boolean
}) {
  const failureText = useFailureText()
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const [phase, setPhase] = useState<Phase>({ at: 'counting' })
  const text = kinds[kind]
  const counts = phase.at === 'counted' || phase.at === 'changing' ? phase.counts : null
  const count = counts?.[text.which] ?? 0
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
      const body = { ...query, expected: seen[text.which] }
      const result = readRunsChanged(await callApi('POST', jobsPath(text.path, { church }), body))
      setPhase({ at: 'done', result })
      router.refresh()
    } catch (error) {
      // More by now than were seen: nothing was changed, and the new count is shown before asking again.
      if (error instanceof ApiFailure && error.status === 409) await countFirst(error.sentence)
      else setPhase({ at: 'failed', message: failureText(error) })
    }
  }

  return (
    <>
      {isOffered ? (
        <Button
          size="sm"
          icon={<text.Icon aria-hidden size={15} />}
          onClick={() => {
            setOpen(true)
            void countFirst()
          }}
        >
          {text.button}…
        </Button>
      ) : null}
      <Dialog
        title={text.title}
        description={`Chosen: ${words}`}
        open={isOpen}
        onOpenChange={setOpen}
        actions={
          phase.at === 'done' ? (
            <>
              {phase.result.left > 0 ? (
                <Button onClick={() => void countFirst()}>Continue with {phase.result.left} more</Button>
              ) : null}
              <DialogClose>
                <Button variant="primary">Done</Button>
              </DialogClose>
            </>
          ) : (
            <>
              <DialogClose>
                <Button>Go back</Button>
              </DialogClose>
              {counts && count > 0 ? (
                <Button
                  variant={kind === 'cancel' ? 'danger' : 'primary'}
                  busy={phase.at === 'changing'}
                  onClick={() => void change(counts)}
                >
                  {text.act(now)}
                </Button>
              ) : null}
            </>
          )
        }
      >
        <div aria-live="polite" className="flex flex-col gap-3 text-sm">
          {phase.at === 'counting' ? (
            <>
              <p className="text-soft">Counting …</p>
              <ProgressBar label="Counting" />
            </>
          ) : null}
          {phase.at === 'counted' && phase.warning ? (
            <Notice tone="warn" title="Nothing was changed">
              {phase.warning}
            </Notice>
          ) : null}
          {counts ? (
            count > 0 ? (
              <>
                <p className="figures text-base font-medium" data-count={count}>
                  {text.found(count)}
                </p>
                <p className="text-soft">
                  {counts.total > count ? `The filter fits ${runsIn(counts.total)} in all. ` : ''}
                  {text.means}
                  {count > mostAtOnce
                    ? ` The first ${mostAtOnce} now, the others after you have seen the result.`
                    : ''}
                </p>
              </>
            ) : (
              <p>{text.nothing}</p>
            )
          ) : null}
          {phase.at === 'done' ? (
            <Notice tone={phase.result.failed > 0 ? 'warn' : 'ok'} title={text.done(phase.result.changed)}>
              {phase.result.failed > 0
                ? `${runsIn(phase.result.failed)} could not be changed; see each run.`
                : null}
            </Notice>
          ) : null}
          {phase.at === 'failed' ? (
            <Notice tone="danger" title="That did not work">
              {phase.message}
            </Notice>
          ) : null}
        </div>
      </Dialog>
    </>
  )
}
