'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi, sentenceFor } from '#components/api/call-api.ts'
import { showToast } from '#components/ui/toast-store.ts'

/** One change that is asked of the server: busy meanwhile, then said to be done and shown, or why it was not. */
export function useChange(): {
  busy: boolean
  change(request: { path: string; body?: Record<string, unknown>; done: string }): Promise<void>
} {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  return {
    busy,
    async change({ path, body, done }) {
      setBusy(true)
      try {
        await callApi('POST', path, body)
        showToast(done)
        router.refresh()
      } catch (error) {
        showToast(sentenceFor(error), 'danger')
      } finally {
        setBusy(false)
      }
    },
  }
}
