'use client'

import { useId, useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { Marked } from '#components/text/text-in.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { TextAreaField } from '#components/ui/field.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import type { SentenceRange, TimedWord } from './sentence-at-time.ts'

/** Asks a listener what was said in a sentence, and sends it to the church. */
export function SuggestFix({
  sermonId,
  words,
  range: [firstWord, lastWord],
  marked,
  onClose,
}: {
  sermonId: string
  words: readonly TimedWord[]
  range: SentenceRange
  marked: Marked
  onClose: () => void
}) {
  const t = useTranslations('suggest')
  const failureText = useFailureText()
  const formId = useId()
  const before = words
    .slice(firstWord, lastWord + 1)
    .map(([text]) => text)
    .join(' ')
  const [after, setAfter] = useState(before)
  const [failure, setFailure] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const isChanged = after.trim() !== '' && after.trim() !== before

  async function send() {
    setIsBusy(true)
    try {
      await callApi('POST', `/api/v1/sermons/${sermonId}/suggestions`, { firstWord, lastWord, before, after })
      showToast(t('thanks'))
      onClose()
    } catch (error) {
      setFailure(failureText(error))
      setIsBusy(false)
    }
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('title')}
      description={t('introduction')}
      actions={
        <>
          <DialogClose>
            <Button variant="quiet">{t('cancel')}</Button>
          </DialogClose>
          <Button type="submit" form={formId} variant="primary" busy={isBusy} disabled={!isChanged}>
            {t('send')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault()
          if (isChanged) void send()
        }}
      >
        <TextAreaField
          label={t('sentence')}
          {...marked}
          rows={5}
          maxLength={2000}
          value={after}
          error={failure ?? undefined}
          onChange={(event) => setAfter(event.target.value)}
        />
      </form>
    </Dialog>
  )
}
