'use client'

import { RotateCcw, RotateCw } from 'lucide-react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { IconButton } from '#components/ui/button.tsx'
import { player } from './player.ts'
import type { PlayerState } from './player-store.ts'
import { usePlayer } from './use-player.ts'

const selectSkipMs = (state: PlayerState) => state.skipMs

/** Skips back or forward by the time that the listener chose. */
export function SkipButton({ direction, sizePx = 44 }: { direction: 'back' | 'forward'; sizePx?: number }) {
  const t = useTranslations('player')
  const seconds = usePlayer(selectSkipMs) / 1000
  const Icon = direction === 'back' ? RotateCcw : RotateCw
  return (
    <IconButton
      label={t(direction === 'back' ? 'skipBack' : 'skipForward', { count: seconds })}
      size={sizePx}
      onClick={() => (direction === 'back' ? player.skipBack() : player.skipForward())}
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
