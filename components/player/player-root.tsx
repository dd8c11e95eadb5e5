'use client'

import { CircleAlert, LoaderCircle } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { OnDemand } from '#components/ui/on-demand.tsx'
import { whenLoaded } from '#components/ui/when-loaded.ts'
import { followOtherTabs } from './follow-other-tabs.ts'
import { connectLockScreen } from './lock-screen.ts'
import { playInOneTab } from './play-in-one-tab.ts'
import { player } from './player.ts'
import { readPlayerKey, runPlayerKey } from './player-keys.ts'
import type { PlayerState } from './player-store.ts'
import { recallLetterKeys } from './remember-listening.ts'
import { showInTitle } from './show-in-title.ts'
import { usePlayer } from './use-player.ts'

const loadKeyboardHelp = () => import('./keyboard-help.tsx').then((file) => file.KeyboardHelp)
/** Nothing plays on a first view. */
const loadPlayerControls = () => import('./player-controls.tsx').then((file) => file.PlayerControls)

/** A `<track>` needs an address also while nothing is loaded. */
const NO_CAPTIONS = 'data:text/vtt,WEBVTT'

const selectTrack = (state: PlayerState) => state.track
/** How long the player waits for data before it shows that: when it stops, and when it starts. */
const SAY_STALLED_AFTER_MS = 700
const SAY_LOADING_AFTER_MS = 1500

const selectStalled = (state: PlayerState) => state.isStalled
const selectLoading = (state: PlayerState) => state.status === 'loading'
const selectError = (state: PlayerState) => state.error

/** The audio element and its player. In the root layout, so that playback continues from page to page. */
export function PlayerRoot({
  listenerId,
  tools,
}: {
  /** Who is signed in; null for a visitor. */
  listenerId: string | null
  /** Further buttons for what plays. */
  tools: ReactNode
}) {
  const t = useTranslations('player')
  const track = usePlayer(selectTrack)
  const error = usePlayer(selectError)
  const isStalled = useLongWait(usePlayer(selectStalled), SAY_STALLED_AFTER_MS)
  const isLoading = useLongWait(usePlayer(selectLoading), SAY_LOADING_AFTER_MS)
  const message = isStalled || isLoading ? 'stalled' : error
  const [isHelpOpen, setIsHelpOpen] = useState(false)
  const [wasHelpOpened, setWasHelpOpened] = useState(false)
  const openHelp = useCallback(() => {
    setWasHelpOpened(true)
    setIsHelpOpen(true)
  }, [])
  // A ref, not an effect: pages may call the player in their own first effects.
  const bind = useCallback((audio: HTMLAudioElement) => player.bind(audio), [])

  useEffect(() => connectLockScreen(player), [])
  useEffect(() => playInOneTab(player), [])
  useEffect(() => showInTitle(player), [])
  useEffect(() => followOtherTabs(player), [])
  useSyncedPlaces(listenerId)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const key = readPlayerKey(event, { letters: recallLetterKeys() })
      if (!key) return
      if (key === 'help') {
        openHelp()
        return
      }
      const { track } = player.store.read()
      // While nothing is loaded only the letter that plays works; the page keeps the other keys.
      if (!track && (key !== 'toggle' || event.key === ' ')) return
      event.preventDefault()
      runPlayerKey(player, key)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [openHelp])
  const hasTrack = track !== null
  useEffect(() => {
    document.documentElement.toggleAttribute('data-player', hasTrack)
  }, [hasTrack])

  return (
    <>
      <audio ref={bind} preload="none">
        <track
          kind="captions"
          srcLang={track?.language ?? undefined}
          src={track?.captionsUrl ?? NO_CAPTIONS}
        />
      </audio>
      {track ? (
        <OnDemand
          load={loadPlayerControls}
          props={{ track, tools, onHelp: openHelp, readKey: readPlayerKey }}
        />
      ) : null}
      {wasHelpOpened ? (
        <OnDemand load={loadKeyboardHelp} props={{ open: isHelpOpen, onOpenChange: setIsHelpOpen }} />
      ) : null}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-0 z-40 flex justify-center px-4"
        style={{ bottom: 'calc(var(--covered) + 0.75rem)' }}
      >
        {message ? (
          <p className="pointer-events-auto flex max-w-lg animate-appear items-center gap-2.5 rounded-card bg-raised px-4 py-3 text-sm text-ink shadow-float">
            {message === 'stalled' ? (
              <LoaderCircle aria-hidden size={18} className="shrink-0 animate-turn text-accent" />
            ) : (
              <CircleAlert aria-hidden size={18} className="shrink-0 text-danger" />
            )}
            {t(message)}
          </p>
        ) : null}
      </div>
    </>
  )
}

/** Keeps the places of a signed-in listener on the server. Visitors do not load the code for it. */
function useSyncedPlaces(listenerId: string | null): void {
  useEffect(() => {
    if (listenerId === null) return
    return whenLoaded(import('./sync-places.ts'), ({ syncPlaces }) => syncPlaces(player, listenerId))
  }, [listenerId])
}

/** Whether the player has waited for data long enough to say so. */
function useLongWait(isWaiting: boolean, longMs: number): boolean {
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    if (!isWaiting) return
    const timer = setTimeout(() => setIsLong(true), longMs)
    return () => {
      clearTimeout(timer)
      setIsLong(false)
    }
  }, [isWaiting, longMs])
  return isLong
}
