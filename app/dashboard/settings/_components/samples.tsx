'use client'

import { useActionState, useRef } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { removeSamplesAction } from '../actions.ts'

/** The number of sample sermons, and a button that removes them after a question. */
export function Samples({ count, canEdit }: { count: number; canEdit: boolean }) {
  const t = useTranslations('settings')
  const [outcome, act, busy] = useActionState(removeSamplesAction, null)
  const form = useRef<HTMLFormElement>(null)
  return (
    <form ref={form} action={act} className="flex flex-wrap items-center gap-x-5 gap-y-3">
      <p className="min-w-0 flex-1 basis-64 text-sm text-soft">
        {count === 0 ? t('samplesNone') : t('samplesText', { count })}
      </p>
      {count > 0 && canEdit ? (
        <ConfirmDialog
          title={t('removeSamplesTitle')}
          description={t('removeSamplesText')}
          trigger={
            <Button variant="danger" busy={busy}>
              {t('removeSamples')}
            </Button>
          }
          keep={t('keepSamples')}
          confirm={t('removeSamples')}
          onConfirm={() => form.current?.requestSubmit()}
        />
      ) : null}
      {outcome ? (
        <Notice tone={outcome.ok ? 'ok' : 'danger'} live className="w-full">
          {outcome.message}
        </Notice>
      ) : null}
    </form>
  )
}
