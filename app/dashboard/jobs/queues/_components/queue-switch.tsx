'use client'

import { Pause, Play } from 'lucide-react'
import { useChange } from '#components/api/use-change.ts'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'

/** Pauses or resumes a queue, without a question, because it can be undone immediately. */
export function QueueSwitch({
  queue,
  paused,
  disabled,
  churchId,
}: {
  queue: string
  paused: boolean
  disabled: boolean
  churchId: string
}) {
  const t = useTranslations('jobs')
  const { busy, change } = useChange()

  function turn() {
    return change({
      path: jobsPath(paused ? '/api/v1/queues/resume' : '/api/v1/queues/pause', { church: churchId }),
      body: { queue },
      done: t(paused ? 'queueResumed' : 'queuePaused'),
    })
  }

  return (
    <Button
      size="sm"
      busy={busy}
      disabled={disabled}
      icon={paused ? <Play aria-hidden size={14} /> : <Pause aria-hidden size={14} />}
      onClick={() => void turn()}
    >
      {t.rich(paused ? 'resumeQueue' : 'pauseQueue', {
        queue,
        hidden: (text) => <span className="sr-only">{text}</span>,
      })}
    </Button>
  )
}
