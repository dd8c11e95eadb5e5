'use client'

import { ApiFailure } from '#components/api/call-api.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import type { MessageKey } from '#lib/messages/languages.ts'

const questions = {
  'sermon.not_playable': { title: 'publishSilentTitle', text: 'publishSilentText' },
  'sermon.recording_unconfirmed': { title: 'publishIncompleteTitle', text: 'publishIncompleteText' },
} as const satisfies Record<string, Record<'title' | 'text', MessageKey<'dashboard'>>>

/** Why a sermon is not published before a person has decided. */
export type PublishDoubt = keyof typeof questions

/** The conditions under which the dashboard publishes without a question. */
export const ifWithoutDoubt = { onlyIfPlayable: true, onlyIfConfirmed: true }

/** The doubt because of which the API refused to publish; null when it failed for another reason. */
export function readDoubt(error: unknown): PublishDoubt | null {
  if (!(error instanceof ApiFailure)) return null
  return error.code === 'sermon.not_playable' || error.code === 'sermon.recording_unconfirmed'
    ? error.code
    : null
}

/** Asks whether to publish a sermon that cannot be played, or with a recording that seems to be incomplete. */
export function AskBeforePublishing({
  doubt,
  reason,
  onPublish,
  onClose,
}: {
  doubt: PublishDoubt | null
  reason: string
  onPublish: () => void
  onClose: () => void
}) {
  const t = useTranslations('dashboard')
  const question = questions[doubt ?? 'sermon.not_playable']
  return (
    <ConfirmDialog
      title={t(question.title)}
      description={`${reason} ${t(question.text)}`}
      open={doubt !== null}
      onOpenChange={onClose}
      keep={t('notNow')}
      confirm={t('publishAnyway')}
      onConfirm={onPublish}
      tone="primary"
    />
  )
}
