'use client'

import { ArrowDown, ArrowUp, PencilLine, Share2 } from 'lucide-react'
import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { player } from '#components/player/player.ts'
import type { PlayerState } from '#components/player/player-store.ts'
import type { Track } from '#components/player/track.ts'
import { usePlayer } from '#components/player/use-player.ts'
import type { Marked } from '#components/text/text-in.ts'
import { Button } from '#components/ui/button.tsx'
import { formatClock } from '#components/ui/format-duration.ts'
import { OnDemand } from '#components/ui/on-demand.tsx'
import { groupByStarts } from '#lib/transcripts/group-by-starts.ts'
import { followScroll, scrollKeys } from './follow-scroll.ts'
import { Sentence } from './sentence.tsx'
import { type SentenceRange, sentenceAtTime, type TimedWord, wordAtTime } from './sentence-at-time.ts'

const loadSharePassage = () => import('./share-passage.tsx').then((file) => file.SharePassage)
const loadSuggestFix = () => import('./suggest-fix.tsx').then((file) => file.SuggestFix)

/** What a listener can do with a sentence. */
const tools = [
  { tool: 'share', icon: Share2 },
  { tool: 'fix', icon: PencilLine },
] as const

const selectTrackId = (state: PlayerState) => state.track?.id ?? null
/** Of a sentence longer than this only the beginning has to be visible. */
const LONG_SENTENCE_PX = 120

const arrowSteps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

type Place = { sentence: number; word: number }
const nowhere: Place = { sentence: -1, word: -1 }

/**
 * The transcript to read along with. The spoken sentence is highlighted and kept in the upper third of the window
 * until the reader scrolls. A press or Enter on a sentence plays from it; the arrows up and down move between sentences,
 * and those to the sides skip in the recording, as everywhere.
 */
export function Transcript({
  track,
  pageHref,
  startMs,
  words,
  sentences,
  isDraft,
  paragraphStarts,
  speakerTurns,
  sermonId,
  marked,
}: {
  /** Null while there is nothing to play yet. */
  track: Track | null
  /** Null in a text without a recording, whose words have no times. */
  pageHref: string | null
  /** The moment that the address names: the page opens at its sentence. */
  startMs: number | null
  words: readonly TimedWord[]
  sentences: readonly SentenceRange[]
  isDraft: boolean
  /** Positions of the words that begin a paragraph. */
  paragraphStarts: readonly number[]
  /** Who speaks from a word on, where that is known. */
  speakerTurns: readonly (readonly [firstWord: number, name: string])[] | null
  /** Where fixes are sent; null for a saved transcript, which takes none. */
  sermonId: string | null
  /** The language of the words and their direction. */
  marked: Marked
}) {
  const t = useTranslations('suggest')
  const hasScript = useHasScript()
  const root = useRef<HTMLDivElement>(null)
  const paragraphs = useMemo(
    () => groupByStarts(sentences, new Set(paragraphStarts)),
    [sentences, paragraphStarts],
  )
  const isCurrent = usePlayer(selectTrackId) === track?.id && track !== null
  const place = useSpokenPlace(track?.id ?? null, words, sentences)
  const [tabStop, setTabStop] = useState(0)
  /** While a listener chooses a sentence to correct or to share, a press on one does not play it. */
  const [choosing, setChoosing] = useState<'fix' | 'share' | null>(null)
  const [chosen, setChosen] = useState<readonly [first: number, last: number] | null>(null)
  const [isFollowing, follow] = useFollowing(root, isCurrent ? place.sentence : -1)

  const openedAt = useRef<number | null>(null)
  useEffect(() => {
    // The moment of an address counts once, not again when the page is refreshed.
    if (startMs === null || openedAt.current === startMs) return
    openedAt.current = startMs
    scrollToSentence(root.current, sentenceAtTime(words, sentences, startMs), { always: true })
  }, [startMs, words, sentences])

  const onPress = useCallback(
    (event: MouseEvent, index: number) => {
      const first = sentences[index]?.[0]
      // Keep opening in a new tab and selecting text.
      if (first === undefined || event.metaKey || event.ctrlKey || event.shiftKey) return
      if (choosing) {
        event.preventDefault()
        setTabStop(index)
        setChosen([index, index])
        return
      }
      if (!track) return
      event.preventDefault()
      if (window.getSelection()?.isCollapsed === false) return
      setTabStop(index)
      follow()
      player.playTrack(track, words[first]?.[1] ?? 0)
    },
    [track, words, sentences, follow, choosing],
  )
  const onKey = useCallback(
    (event: KeyboardEvent, index: number) => {
      const step = arrowSteps[event.key]
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      const next = Math.min(sentences.length - 1, Math.max(0, index + step))
      setTabStop(next)
      sentenceLink(root.current, next)?.focus()
    },
    [sentences],
  )

  // Beside the text there is room for its times.
  const inset = pageHref === null ? '' : 'lg:ps-16'
  const range = chosen === null ? undefined : sentences[chosen[0]]
  const stopChoosing = () => {
    setChosen(null)
    setChoosing(null)
    if (chosen !== null) sentenceLink(root.current, chosen[0])?.focus({ preventScroll: true })
  }
  const pressTool = (tool: 'fix' | 'share') => {
    setChosen(null)
    setChoosing(choosing === tool ? null : tool)
    if (tool !== 'share' || choosing === tool) return
    // Loaded now, not with the page; without a network a sentence can still be chosen.
    import('./selected-sentences.ts').then(
      // A sentence may have been pressed in the meantime.
      (file) => setChosen((pressed) => pressed ?? file.selectedSentences(root.current)),
      () => undefined,
    )
  }
  return (
    <div ref={root} className="reading relative wrap-anywhere">
      {sermonId === null ? null : (
        <div
          // Takes its place before scripts run, so that nothing moves then.
          className={`mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 font-sans ${inset} ${hasScript ? '' : 'invisible'}`}
        >
          {tools.map(({ tool, icon: Icon }) => (
            <Button
              key={tool}
              size="sm"
              variant="quiet"
              className="-ml-3.5"
              aria-pressed={choosing === tool}
              icon={<Icon aria-hidden size={14} />}
              onClick={() => pressTool(tool)}
            >
              {t(tool)}
            </Button>
          ))}
          <p role="status" className="text-xs text-soft">
            {choosing ? t(`${choosing}Choose`) : ''}
          </p>
        </div>
      )}
      {choosing && chosen && range && sermonId !== null ? (
        choosing === 'share' ? (
          <OnDemand
            key={chosen[0]}
            load={loadSharePassage}
            props={{
              sermonId,
              pageHref,
              words,
              sentences,
              isDraft,
              marked,
              chosen,
              onClose: stopChoosing,
            }}
          />
        ) : (
          <OnDemand
            key={chosen[0]}
            load={loadSuggestFix}
            props={{ sermonId, words, range, marked, onClose: stopChoosing }}
          />
        )
      ) : null}
      {paragraphs.map((paragraph) => {
        const firstWord = sentences[paragraph[0] ?? 0]?.[0] ?? 0
        const startMs = words[firstWord]?.[1] ?? 0
        const speaker = speakerTurns?.find(([first]) => first === firstWord)?.[1]
        return (
          <div key={paragraph[0]} {...marked} className={`relative mb-[1.1em] ${inset}`}>
            {pageHref === null ? null : (
              <span
                aria-hidden
                className="figures mb-0.5 block select-none font-sans text-xs text-faint lg:absolute lg:top-[0.55em] lg:start-0"
              >
                {formatClock(startMs)}
              </span>
            )}
            {speaker ? <p className="font-sans text-sm font-semibold text-soft">{speaker}</p> : null}
            <p>
              {paragraph.map((index) => {
                const range = sentences[index]
                return range ? (
                  <Sentence
                    key={index}
                    index={index}
                    words={words}
                    range={range}
                    pageHref={pageHref}
                    isSpoken={isCurrent && place.sentence === index}
                    isTabStop={tabStop === index}
                    spokenWord={isCurrent && place.sentence === index ? place.word : -1}
                    onPress={onPress}
                    onKey={onKey}
                  />
                ) : null
              })}
            </p>
          </div>
        )
      })}
      {isCurrent && !isFollowing && place.sentence >= 0 ? (
        <BackToNow
          root={root}
          sentence={place.sentence}
          onPress={() => {
            follow()
            scrollToSentence(root.current, place.sentence, { always: true })
          }}
        />
      ) : null}
    </div>
  )
}

const subscribeToNothing = () => () => {}

/** False without JavaScript and until it runs. */
function useHasScript(): boolean {
  return useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  )
}

/** Scrolls back to the spoken sentence; its arrow shows the direction. */
function BackToNow({
  root,
  sentence,
  onPress,
}: {
  root: RefObject<HTMLElement | null>
  sentence: number
  onPress: () => void
}) {
  const t = useTranslations('player')
  const [isAbove, setIsAbove] = useState(false)
  useEffect(() => {
    const update = () => {
      const top = sentenceLink(root.current, sentence)?.getBoundingClientRect().top ?? 0
      setIsAbove(top < window.innerHeight / 2)
    }
    update()
    window.addEventListener('scroll', update, { passive: true })
    return () => window.removeEventListener('scroll', update)
  }, [root, sentence])
  const Arrow = isAbove ? ArrowUp : ArrowDown
  return (
    <div
      className="pointer-events-none fixed inset-x-0 z-30 flex justify-center font-sans"
      style={{ bottom: 'calc(var(--covered) + 1rem)', paddingLeft: 'var(--rail-width)' }}
    >
      <button
        type="button"
        onClick={onPress}
        className="press pointer-events-auto flex min-h-11 animate-appear items-center gap-2 rounded-full bg-ink px-5 text-sm font-medium text-paper shadow-float"
      >
        <Arrow aria-hidden size={17} />
        {t('backToNow')}
      </button>
    </div>
  )
}

const sentenceLink = (container: HTMLElement | null, sentence: number) =>
  container?.querySelector<HTMLElement>(`[data-sentence="${sentence}"]`) ?? null

/** The spoken sentence and word, read at every frame while the recording plays. */
function useSpokenPlace(
  trackId: string | null,
  words: readonly TimedWord[],
  sentences: readonly SentenceRange[],
): Place {
  const [place, setPlace] = useState(nowhere)
  useEffect(() => {
    let frame = 0
    const update = () => {
      cancelAnimationFrame(frame)
      const { track, status } = player.store.read()
      const isCurrent = track !== null && track.id === trackId
      const ms = player.positionMs()
      const sentence = isCurrent ? sentenceAtTime(words, sentences, ms) : -1
      const range = sentences[sentence]
      const word = range ? wordAtTime(words, range, ms) : -1
      setPlace((last) => (last.sentence === sentence && last.word === word ? last : { sentence, word }))
      if (isCurrent && status === 'playing') frame = requestAnimationFrame(update)
    }
    update()
    const stop = player.store.subscribe(update)
    return () => {
      stop()
      cancelAnimationFrame(frame)
    }
  }, [trackId, words, sentences])
  return place
}

/** Keeps the spoken sentence visible until the reader scrolls. */
function useFollowing(
  root: RefObject<HTMLDivElement | null>,
  sentence: number,
): [isFollowing: boolean, follow: () => void] {
  const [isFollowing, setIsFollowing] = useState(true)

  useEffect(() => {
    const stop = () => setIsFollowing(false)
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (scrollKeys.has(event.key) && !event.defaultPrevented) stop()
    }
    const options = { passive: true } as const
    window.addEventListener('wheel', stop, options)
    window.addEventListener('touchmove', stop, options)
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('wheel', stop)
      window.removeEventListener('touchmove', stop)
      window.removeEventListener('keydown', onKey)
    }
  }, [])

  useEffect(() => {
    if (isFollowing && sentence >= 0) scrollToSentence(root.current, sentence, { always: false })
  }, [root, isFollowing, sentence])

  // The effect above then scrolls to the spoken sentence, unless it is well placed already.
  const follow = useCallback(() => setIsFollowing(true), [])
  return [isFollowing, follow]
}

function scrollToSentence(container: HTMLElement | null, sentence: number, { always }: { always: boolean }) {
  const box = sentenceLink(container, sentence)?.getBoundingClientRect()
  // The transcript has no height while another tab is shown.
  if (!container || !box || box.height === 0) return
  const rootStyle = getComputedStyle(document.documentElement)
  const top = followScroll({
    sentenceTop: box.top,
    sentenceBottom: Math.min(box.bottom, box.top + LONG_SENTENCE_PX),
    transcriptTop: always ? 0 : container.getBoundingClientRect().top,
    windowHeight: window.innerHeight,
    coveredHeight: Number.parseFloat(rootStyle.scrollPaddingBottom) || 0,
    scrollY: window.scrollY,
  })
  if (top === null) return
  const reducesMotion = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  window.scrollTo({ top, behavior: reducesMotion ? 'auto' : 'smooth' })
}
