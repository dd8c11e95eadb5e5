import { useCallback, useEffect } from 'react'
import type { SaveState } from '#components/autosave/create-autosave.ts'
import { player } from '#components/player/player.ts'
import type { PlayerState } from '#components/player/player-store.ts'
import type { Track } from '#components/player/track.ts'
import { usePlayer } from '#components/player/use-player.ts'
import { paragraphElement, paragraphKey } from './caret.ts'
import type { TranscriptAutosave } from './open-transcript-autosave.ts'
import { highlight, isDoubtful, rangeOfWord, wordAt } from './text-highlights.ts'

const paragraphsOf = (editor: TranscriptAutosave) =>
  editor.paragraphs().map(({ key }) => ({ key, words: editor.words(key) }))

/** Marks the spoken word while the recording plays, and uncertain words. */
export function useHighlights(editor: TranscriptAutosave, track: Track | null, state: SaveState): void {
  const isPlaying = usePlayer(
    useCallback(
      (current: PlayerState) => current.track?.id === track?.id && current.status === 'playing',
      [track?.id],
    ),
  )
  useEffect(() => {
    if (!isPlaying || !track) return
    let shown = ''
    let frame = 0
    const update = () => {
      frame = requestAnimationFrame(update)
      const place = wordAt(paragraphsOf(editor), player.positionMs())
      const name = place ? `${place.paragraph.key} ${place.index}` : ''
      if (name === shown) return
      shown = name
      const range = place && rangeOfWord(place.paragraph, place.index)
      highlight('spoken', range ? [range] : [])
    }
    update()
    return () => {
      cancelAnimationFrame(frame)
      highlight('spoken', [])
    }
  }, [editor, track, isPlaying])

  const isSettled = state.kind !== 'saving'
  useEffect(() => {
    if (!isSettled) return
    // The browser moves every range when a letter is typed, so that only those in view are marked.
    const inView = new Set<string>()
    const mark = () => {
      const shown = paragraphsOf(editor).filter(({ key }) => inView.has(key))
      const ranges = shown.flatMap((paragraph) =>
        paragraph.words.flatMap((word, index) =>
          isDoubtful(word) ? (rangeOfWord(paragraph, index) ?? []) : [],
        ),
      )
      highlight('doubtful', ranges)
    }
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const key = paragraphKey(target)
          if (key !== null && isIntersecting) inView.add(key)
          else if (key !== null) inView.delete(key)
        }
        mark()
      },
      { rootMargin: '50%' },
    )
    for (const { key } of editor.paragraphs()) {
      const element = paragraphElement(key)
      if (element) observer.observe(element)
    }
    return () => observer.disconnect()
  }, [editor, isSettled])
  // Ranges move with the text, so the marks stay during typing.
  useEffect(() => () => highlight('doubtful', []), [])
}
