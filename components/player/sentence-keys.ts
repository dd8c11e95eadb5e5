import type { Translations } from '#components/messages/translations.ts'
import { goToSentence } from './go-to-sentence.ts'
import { isKeyOfPage } from './player-keys.ts'
import { recallLetterKeys } from './remember-listening.ts'
import type { SentenceStep } from './sentence-steps.ts'

const steps: Record<string, SentenceStep> = { ',': 'previousSentence', '.': 'nextSentence' }

/** Goes from sentence to sentence by keys, like the other keys of the player. Returns a function that stops this. */
export function followSentenceKeys(t: Translations<'player'>): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (!step || isKeyOfPage(event) || !recallLetterKeys()) return
    event.preventDefault()
    void goToSentence(step, t)
  }
  document.addEventListener('keydown', onKeyDown)
  return () => document.removeEventListener('keydown', onKeyDown)
}
