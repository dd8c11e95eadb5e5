'use client'

import { useChange } from '#components/api/use-change.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { jobsPath } from './jobs-path.ts'

/** Discards one dead letter, or all open ones of a kind, permanently. */
export function DiscardDeadLetters({
  target,
  count,
  churchId,
  label,
}: {
  target: { letterId: string } | { fingerprint: string }
  count: number
  churchId: string
  label?: string
}) {
  const t = useTranslations('jobs')
  const { busy, change } = useChange()
  const isOne = 'letterId' in target

  function discard() {
    const path = isOne ? `/api/v1/dead-letters/${target.letterId}/discard` : '/api/v1/dead-letters/discard'
    const body = isOne ? {} : { ...target }
    return change({ path: jobsPath(path, { church: churchId }), body, done: t('discarded') })
  }

  return (
    <ConfirmDialog
      title={isOne ? t('discardOneTitle') : t('discardTitle', { count })}
      description={t('discardText')}
      trigger={
        <Button size="sm" variant="quiet" busy={busy}>
          {isOne
            ? t.rich('discard', {
                name: label ?? '',
                hidden: (text) => (label ? <span className="sr-only">{text}</span> : null),
              })
            : t('discardAll')}
        </Button>
      }
      keep={t('keepIt', { count: isOne ? 1 : count })}
      confirm={isOne ? t('discardOne') : t('discardCount', { count })}
      onConfirm={() => void discard()}
    />
  )
}
