'use client'

import { RotateCcw, RotateCw } from 'lucide-react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { IconButton } from '#components/ui/button.tsx'
import { player, SKIP_MS } from './player.ts'

/** Skips 15 seconds back or forward. */
export function SkipButton({ direction, sizePx = 44 }: { direction: 'back' | 'forward'; sizePx?: number }) {
  const t = useTranslations('player')
  const seconds = SKIP_MS / 1000
  const Icon = direction === 'back' ? RotateCcw : RotateCw
  return (
    <IconButton
      label={t(direction === 'back' ? 'skipBack' : 'skipForward', { count: seconds })}
      size={sizePx}
      onClick={() => player.skip(direction === 'back' ? -SKIP_MS : SKIP_MS)}
      className="relative"
    >
      <Icon aria-hidden size={Math.round(sizePx * 0.6)} strokeWidth={1.5} />
      <span
        aria-hidden
        className="figures absolute inset-0 grid place-items-center pt-px font-semibold"
        style={{ fontSize: Math.max(8, Math.round(sizePx * 0.2)) }}
      >
        {seconds}
      </span>
    </IconButton>
  )
}
