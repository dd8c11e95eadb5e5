'use client'

import { useTranslations } from '#components/messages/use-translations.ts'
import { SessionForm } from '#components/session/session-form.tsx'
import { useSessionForm } from '#components/session/use-session-form.ts'

/** Signs in with the link of an email when the person says so. */
export function OpenLinkForm({ token, type, next }: { token: string; type: string; next: string }) {
  const t = useTranslations('signInLink')
  const form = useSessionForm('/api/session/link/open')
  return (
    <SessionForm form={form} submitLabel={t('open')}>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="type" value={type} />
      <input type="hidden" name="next" value={next} />
    </SessionForm>
  )
}
