'use client'

import { useTranslations } from '#components/messages/use-translations.ts'
import { EmailField } from '#components/session/account-fields.tsx'
import { SessionForm } from '#components/session/session-form.tsx'
import { useSessionForm } from '#components/session/use-session-form.ts'

/** Asks for a sign-in link. */
export function LinkForm({ next, error }: { next: string; error: string | null }) {
  const t = useTranslations('signInLink')
  const form = useSessionForm('/api/session/link', { first: error })
  return (
    <SessionForm form={form} submitLabel={t('send')}>
      <input type="hidden" name="next" value={next} />
      <EmailField label={t('email')} />
    </SessionForm>
  )
}
