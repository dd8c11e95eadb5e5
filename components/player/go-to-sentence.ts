import type { Translations } from '#components/messages/translations.ts'
import { showToast } from '#components/ui/toast-store.ts'
import type { SentenceProblem, SentenceStep } from './sentence-steps.ts'

/** Goes to the previous or next sentence of what plays, or says why that is not possible. */
export function goToSentence(step: SentenceStep, t: Translations<'player'>): void {
  void import('./sentence-steps.ts')
    .then(
      ({ sentenceSteps }) => sentenceSteps.go(step),
      (): SentenceProblem => 'sentencesFailed',
    )
    .then((problem) => problem && showToast(t(problem), 'danger'))
}
