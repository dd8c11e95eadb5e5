'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { showToast } from '#components/ui/toast-store.ts'

/** Sends a change to the server: busy until the answer, then shows that it is done or why it failed. */
export function useChange(): {
  busy: boolean
  /** Sends `POST` unless `method` says otherwise. */
  change(request: {
    method?: 'POST' | 'PATCH' | 'DELETE'
    path: string
    body?: Record<string, unknown>
    done: string
  }): Promise<void>
} {
  const failureText = useFailureText()
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  return {
    busy,
    async change({ method = 'POST', path, body, done }) {
      setBusy(true)
      try {
        await callApi(method, path, body)
        showToast(done)
        router.refresh()
      } catch (error) {
        showToast(failureText(error), 'danger')
      } finally {
        setBusy(false)
      }
    },
  }
}
