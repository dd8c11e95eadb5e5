'use client'

import { useActionState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { removeSamplesAction } from '../actions.ts'

/** The number of sample sermons, and a button that removes them. */
export function Samples({ count, canEdit }: { count: number; canEdit: boolean }) {
  const t = useTranslations('settings')
  const [outcome, act, busy] = useActionState(removeSamplesAction, null)
  return (
    <form action={act} className="flex flex-wrap items-center gap-x-5 gap-y-3">
      <p className="min-w-0 flex-1 basis-64 text-sm text-soft">
        {count === 0 ? t('samplesNone') : t('samplesText', { count })}
      </p>
      {count > 0 && canEdit ? (
        <Button type="submit" variant="danger" busy={busy}>
          {t('removeSamples')}
        </Button>
      ) : null}
      {outcome ? (
        <Notice tone={outcome.ok ? 'ok' : 'danger'} live className="w-full">
          {outcome.message}
        </Notice>
      ) : null}
    </form>
  )
}
