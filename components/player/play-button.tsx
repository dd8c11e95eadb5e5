'use client'

import { LoaderCircle, Pause, Play, RotateCw } from 'lucide-react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { classNames } from '#components/ui/class-names.ts'
import { warmStream } from './attach-stream.ts'
import type { PlayerStatus } from './player-store.ts'

const looks = {
  accent: 'bg-accent text-accent-ink hover:bg-accent-strong',
  /** In lists with many of them. */
  quiet:
    'bg-raised text-accent border border-accent-line hover:bg-accent hover:border-accent hover:text-accent-ink',
  /** On artwork. */
  cover: 'bg-paper text-ink shadow-float hover:bg-accent hover:text-accent-ink',
} as const

export type PlayButtonLook = keyof typeof looks

/** The round button that plays and pauses. `name` is the title of the recording, for screen readers. */
export function PlayButton({
  status,
  isStalled,
  name,
  streamUrl,
  onPress,
  sizePx,
  look = 'accent',
  className,
}: {
  status: PlayerStatus
  isStalled: boolean
  name?: string
  /** What the press will play, where that is known. */
  streamUrl?: string
  onPress: () => void
  sizePx: number
  look?: PlayButtonLook
  className?: string
}) {
  const t = useTranslations('player')
  const isOn = status === 'playing' || status === 'loading'
  const isWaiting = status === 'loading' || isStalled
  const action = status === 'failed' ? 'tryAgain' : isOn ? 'pause' : 'play'
  const warm = () => isOn || warmStream(streamUrl)
  const icon = Math.round(sizePx * 0.42)
  return (
    <button
      type="button"
      aria-label={name ? t(`${action}Named`, { title: name }) : t(action)}
      aria-busy={isWaiting || undefined}
      title={t(action)}
      onClick={onPress}
      // A listener who points at the button is about to press it.
      onPointerEnter={warm}
      onFocus={warm}
      style={{ width: sizePx, height: sizePx }}
      className={classNames(
        'press relative grid shrink-0 place-items-center rounded-full',
        looks[look],
        className,
      )}
    >
      {isWaiting ? (
        <LoaderCircle aria-hidden size={icon} className="animate-turn" />
      ) : status === 'failed' ? (
        <RotateCw aria-hidden size={icon} />
      ) : isOn ? (
        <Pause aria-hidden size={icon} fill="currentColor" strokeWidth={1} />
      ) : (
        <Play aria-hidden size={icon} fill="currentColor" strokeWidth={1} className="translate-x-[6%]" />
      )}
    </button>
  )
}
