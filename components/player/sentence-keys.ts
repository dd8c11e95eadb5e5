import type { Translations } from '#components/messages/translations.ts'
import { goToSentence } from './go-to-sentence.ts'
import type { readPlayerKey } from './player-keys.ts'
import { recallLetterKeys } from './remember-listening.ts'
import type { SentenceStep } from './sentence-steps.ts'

const steps: Record<string, SentenceStep> = { ',': 'previousSentence', '.': 'nextSentence' }

/**
 * Goes from sentence to sentence by keys, where `readKey` takes a letter for the player. It is passed here because a
 * first view loads less code when only one file imports it. Returns a function that stops this.
 */
export function followSentenceKeys(t: Translations<'player'>, readKey: typeof readPlayerKey): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    const { ctrlKey, metaKey, altKey, defaultPrevented, target } = event
    const asLetter = { key: 'k', ctrlKey, metaKey, altKey, defaultPrevented, target }
    if (!step || readKey(asLetter, { letters: recallLetterKeys() }) === null) return
    event.preventDefault()
    void goToSentence(step, t)
  }
  document.addEventListener('keydown', onKeyDown)
  return () => document.removeEventListener('keydown', onKeyDown)
}
