'use client'

import { Pause, Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi, sentenceFor } from '#components/dashboard/call-api.ts'
import { Button } from '#components/ui/button.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import { jobsPath } from './jobs-path.ts'

/** Pauses a queue or lets it go on. It can be undone at once, so it does not ask. */
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
  const router = useRouter()
  const [busy, setBusy] = useState(false)

  async function change() {
    setBusy(true)
    try {
      const path = paused ? '/api/v1/queues/resume' : '/api/v1/queues/pause'
      await callApi('POST', jobsPath(path, { church: churchId }), { queue })
      showToast(paused ? 'It goes on.' : 'Paused. What runs goes on, nothing new starts.')
      router.refresh()
    } catch (error) {
      showToast(sentenceFor(error), 'danger')
    } finally {
      setBusy(false)
    }
  }

  return (
    <Button
      size="sm"
      busy={busy}
      disabled={disabled}
      icon={paused ? <Play aria-hidden size={14} /> : <Pause aria-hidden size={14} />}
      onClick={() => void change()}
    >
      {paused ? 'Resume' : 'Pause'}
      <span className="sr-only"> {queue}</span>
    </Button>
  )
}
