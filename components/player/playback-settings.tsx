'use client'

import { ChevronLeft, ChevronRight, Repeat } from 'lucide-react'
import { useState, useSyncExternalStore } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { formatClock } from '#components/ui/format-duration.ts'
import { goToSentence } from './go-to-sentence.ts'
import { passageLoop } from './passage-loop.ts'
import { pauseSkipper } from './pause-skipper.ts'
import { player } from './player.ts'
import type { PlayerState } from './player-store.ts'
import {
  recallContinuesSeries,
  recallTitleKeys,
  rememberContinuesSeries,
  rememberTitleKeys,
} from './remember-listening.ts'
import { usePlayer } from './use-player.ts'
import { volumeBoost } from './volume-boost.ts'

const selectSkipMs = (state: PlayerState) => state.skipMs
const skipChoicesMs = [15_000, 30_000] as const
const titleKeyChoices = ['skip', 'queue'] as const
const none = () => null
const off = () => false

const selectClass = 'min-h-11 rounded-full border border-line-strong bg-raised px-3 text-ink'

/** How the listener likes to listen: kept in this browser. */
export function PlaybackSettings({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const t = useTranslations('player')
  const skipMs = usePlayer(selectSkipMs)
  const skipsPauses = useSyncExternalStore(pauseSkipper.subscribe, pauseSkipper.read, off)
  const isBoosted = useSyncExternalStore(volumeBoost.subscribe, volumeBoost.read, off)
  const [continuesSeries, setContinuesSeries] = useState(() => recallContinuesSeries())
  const [titleKeys, setTitleKeys] = useState(() => recallTitleKeys())
  return (
    <Dialog title={t('settings')} open={open} onOpenChange={onOpenChange}>
      <div className="grid gap-5 text-sm">
        <label className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          {t('skipBy')}
          <select
            value={skipMs}
            onChange={(event) => player.preferences.setSkip(Number(event.target.value))}
            className={selectClass}
          >
            {skipChoicesMs.map((choiceMs) => (
              <option key={choiceMs} value={choiceMs}>
                {t('seconds', { count: choiceMs / 1000 })}
              </option>
            ))}
          </select>
        </label>
        <label className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          {t('titleKeys')}
          <select
            value={titleKeys}
            onChange={(event) => {
              const chosen = titleKeyChoices.find((choice) => choice === event.target.value) ?? 'skip'
              rememberTitleKeys(chosen)
              setTitleKeys(chosen)
            }}
            className={selectClass}
          >
            {titleKeyChoices.map((choice) => (
              <option key={choice} value={choice}>
                {t(choice === 'skip' ? 'titleKeysSkip' : 'titleKeysQueue')}
              </option>
            ))}
          </select>
        </label>
        <label className="flex items-center gap-3">
          <input
            type="checkbox"
            checked={continuesSeries}
            onChange={(event) => {
              rememberContinuesSeries(event.target.checked)
              setContinuesSeries(event.target.checked)
            }}
            className="size-5 accent-accent"
          />
          {t('continueSeries')}
        </label>
        <div>
          <label className="flex items-center gap-3">
            <input
              type="checkbox"
              checked={skipsPauses}
              onChange={(event) => pauseSkipper.set(event.target.checked)}
              className="size-5 accent-accent"
            />
            {t('skipPauses')}
          </label>
          <p className="mt-1 pl-8 text-xs text-faint">{t('skipPausesHint')}</p>
        </div>
        {volumeBoost.isPossible() ? (
          <div>
            <label className="flex items-center gap-3">
              <input
                type="checkbox"
                checked={isBoosted}
                onChange={(event) => volumeBoost.set(event.target.checked)}
                className="size-5 accent-accent"
              />
              {t('boost')}
            </label>
            <p className="mt-1 pl-8 text-xs text-faint">{t('boostHint')}</p>
          </div>
        ) : null}
        <SentenceControls />
        <LoopControls />
      </div>
    </Dialog>
  )
}

/** Goes from sentence to sentence. */
function SentenceControls() {
  const t = useTranslations('player')
  return (
    <div className="flex flex-wrap gap-3 border-t border-line pt-5">
      <Button
        size="sm"
        icon={<ChevronLeft aria-hidden size={16} />}
        onClick={() => void goToSentence('previousSentence', t)}
      >
        {t('previousSentence')}
      </Button>
      <Button
        size="sm"
        icon={<ChevronRight aria-hidden size={16} />}
        onClick={() => void goToSentence('nextSentence', t)}
      >
        {t('nextSentence')}
      </Button>
    </div>
  )
}

/** Chooses a passage that is played again and again. */
function LoopControls() {
  const t = useTranslations('player')
  const passage = useSyncExternalStore(passageLoop.subscribe, passageLoop.read, none)
  return (
    <div className="flex flex-wrap items-center gap-3 border-t border-line pt-5">
      <Repeat aria-hidden size={18} className="text-soft" />
      {passage ? (
        <>
          <span role="status" className="figures">
            {passage.endMs === null
              ? t('loopFrom', { start: formatClock(passage.startMs) })
              : t('loopOf', { start: formatClock(passage.startMs), end: formatClock(passage.endMs) })}
          </span>
          {passage.endMs === null ? (
            <Button size="sm" variant="primary" onClick={() => passageLoop.end()}>
              {t('loopEnd')}
            </Button>
          ) : null}
          <Button size="sm" variant="quiet" onClick={() => passageLoop.clear()}>
            {t('loopClear')}
          </Button>
        </>
      ) : (
        <Button size="sm" onClick={() => passageLoop.begin()}>
          {t('loopBegin')}
        </Button>
      )}
    </div>
  )
}
