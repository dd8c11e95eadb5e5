'use client'

import { Pause, Play } from 'lucide-react'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { useChange } from '#components/jobs/use-change.ts'
import { Button } from '#components/ui/button.tsx'

/** Pauses or resumes a queue. It can be undone at once, so it does not ask. */
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
  const { busy, change } = useChange()

  function turn() {
    return change({
      path: jobsPath(paused ? '/api/v1/queues/resume' : '/api/v1/queues/pause', { church: churchId }),
      body: { queue },
      done: paused
        ? 'The queue is resumed.'
        : 'The queue is paused. Running work continues, nothing new starts.',
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
      {paused ? 'Resume' : 'Pause'}
      <span className="sr-only"> {queue}</span>
    </Button>
  )
}
