'use client'

import { useRouter } from 'next/navigation'
import { type ChangeEvent, type ReactNode, useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { Button } from '#components/ui/button.tsx'

/** An image of the church with ways to replace and to remove it. It is saved when it is chosen. */
export function ImageField({
  path,
  text,
  choose,
  remove,
  canEdit,
  children,
}: {
  /** The route that takes the image by PUT and removes it by DELETE. */
  path: `/api/v1/${string}`
  /** What is shown now. */
  text: string
  choose: string
  /** The text of the button that removes the image; null where there is none to remove. */
  remove: string | null
  canEdit: boolean
  /** The present image. */
  children: ReactNode
}) {
  const router = useRouter()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  const failureText = useFailureText()
  const send = async (method: 'PUT' | 'DELETE', image?: File) => {
    setBusy(true)
    setFailure('')
    try {
      await callApi(method, path, image)
      router.refresh()
    } catch (error) {
      setFailure(failureText(error))
    } finally {
      setBusy(false)
    }
  }
  const onChoose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0]
    event.currentTarget.value = ''
    if (file) void send('PUT', file)
  }
  return (
    <div className="flex flex-wrap items-start gap-5">
      {children}
      <div className="flex min-w-0 flex-1 basis-56 flex-col items-start gap-3">
        <p className="text-sm text-soft">{text}</p>
        {canEdit ? (
          <label className="flex w-full min-w-0 flex-col gap-1.5 text-sm font-medium">
            {choose}
            <input
              type="file"
              accept="image/jpeg,image/png,image/webp"
              disabled={isBusy}
              onChange={onChoose}
              className="w-full min-w-0 text-sm font-normal"
            />
          </label>
        ) : null}
        {canEdit && remove !== null ? (
          <Button variant="secondary" busy={isBusy} onClick={() => send('DELETE')}>
            {remove}
          </Button>
        ) : null}
        <p role="status" className="text-sm text-danger">
          {failure}
        </p>
      </div>
    </div>
  )
}
