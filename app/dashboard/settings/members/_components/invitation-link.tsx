'use client'

import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import type { Invitation } from './read-invitation.ts'

/** A link that is shown once, with a button that copies it. */
export function InvitationLink({ invitation: { link, mailed } }: { invitation: Invitation }) {
  const t = useTranslations('members')
  const [copied, setCopied] = useState(false)

  async function copy() {
    try {
      await navigator.clipboard.writeText(link)
      setCopied(true)
    } catch {
      // Browsers forbid it on pages without a secure connection.
      showToast(t('copyRefused'), 'danger')
    }
  }

  return (
    <Notice tone="ok" live title={t('linkReady')} className="mt-3">
      <p className="text-sm">{t(mailed ? 'linkMailed' : 'linkText')}</p>
      <div className="mt-2 flex flex-wrap items-center gap-3">
        <code data-invitation-link className="font-mono text-sm break-all select-all">
          {link}
        </code>
        <Button
          size="sm"
          icon={copied ? <Check aria-hidden size={15} /> : <Copy aria-hidden size={15} />}
          onClick={() => void copy()}
        >
          {t(copied ? 'copied' : 'copyLink')}
        </Button>
      </div>
    </Notice>
  )
}
