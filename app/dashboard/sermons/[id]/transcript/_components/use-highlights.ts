import { useCallback, useEffect } from 'react'
import type { SaveState } from '#components/autosave/create-autosave.ts'
import { player } from '#components/player/player.ts'
import type { PlayerState } from '#components/player/player-store.ts'
import type { Track } from '#components/player/track.ts'
import { usePlayer } from '#components/player/use-player.ts'
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
    const ranges = paragraphsOf(editor).flatMap((paragraph) =>
      paragraph.words.flatMap((word, index) =>
        isDoubtful(word) ? (rangeOfWord(paragraph, index) ?? []) : [],
      ),
    )
    highlight('doubtful', ranges)
  }, [editor, isSettled])
  // Ranges move with the text, so the marks stay during typing.
  useEffect(() => () => highlight('doubtful', []), [])
}
