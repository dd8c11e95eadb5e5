'use client'

import { Share2 } from 'lucide-react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { IconButton } from '#components/ui/button.tsx'
import { shareAddress } from '#components/ui/share-address.ts'
import { showToast } from '#components/ui/toast-store.ts'
import { player } from './player.ts'
import type { Track } from './track.ts'

/** Shares the address of the moment that plays. */
export function ShareMomentButton({ track }: { track: Track }) {
  const t = useTranslations('player')
  const share = async () => {
    const { href } = new URL(
      `${track.pageHref}?t=${Math.floor(player.positionMs() / 1000)}`,
      window.location.href,
    )
    const outcome = await shareAddress({ title: track.title, url: href })
    if (outcome === 'copied') showToast(t('momentCopied'))
    // The person can copy it from the message.
    if (outcome === 'refused') showToast(t('momentRefused', { address: href }), 'danger')
  }
  return (
    <IconButton label={t('shareMoment')} onClick={() => void share()}>
      <Share2 aria-hidden size={19} strokeWidth={1.8} />
    </IconButton>
  )
}
