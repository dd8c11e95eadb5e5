import type { Translations } from '#components/messages/translations.ts'
import { showToast } from '#components/ui/toast-store.ts'
import { type SentenceStep, sentenceSteps } from './sentence-steps.ts'

/** Goes to the previous or next sentence of what plays, or says why that is not possible. */
export async function goToSentence(step: SentenceStep, t: Translations<'player'>): Promise<void> {
  const problem = await sentenceSteps.go(step)
  if (problem) showToast(t(problem), 'danger')
}
