'use client'

import Image from 'next/image'
import { useRouter } from 'next/navigation'
import { type ChangeEvent, useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'

/** The cover that podcast apps show, and a way to use another one. */
export function CoverField({ src, isOwn, canEdit }: { src: string; isOwn: boolean; canEdit: boolean }) {
  const t = useTranslations('podcast')
  const router = useRouter()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  const failureText = useFailureText()
  const send = async (method: 'PUT' | 'DELETE', image?: File) => {
    setBusy(true)
    setFailure('')
    try {
      await callApi(method, '/api/v1/podcast/cover', image)
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
      <Image src={src} alt={t('cover')} width={144} height={144} className="size-36 rounded-card" />
      <div className="flex min-w-0 flex-1 basis-56 flex-col items-start gap-3">
        <p className="text-sm text-soft">{t(isOwn ? 'coverOwn' : 'coverGenerated')}</p>
        {canEdit ? (
          <label className="flex w-full min-w-0 flex-col gap-1.5 text-sm font-medium">
            {t('chooseCover')}
            <input
              type="file"
              accept="image/jpeg,image/png"
              disabled={isBusy}
              onChange={onChoose}
              className="w-full min-w-0 text-sm font-normal"
            />
          </label>
        ) : null}
        {canEdit && isOwn ? (
          <Button variant="secondary" busy={isBusy} onClick={() => send('DELETE')}>
            {t('removeCover')}
          </Button>
        ) : null}
        <p role="status" className="text-sm text-danger">
          {failure}
        </p>
      </div>
    </div>
  )
}
