import type { Translations } from '#components/messages/translations.ts'
import type { MessageKey } from '#lib/messages/languages.ts'

/** Why something did not happen: a sentence of the server, or a message of ours. */
export type FailureReason = { sentence: string } | { message: MessageKey<'failures'> }

/** The sentence for a person; `t` is `useTranslations('failures')`. */
export function sayReason(reason: FailureReason, t: Translations<'failures'>): string {
  return 'sentence' in reason ? reason.sentence : t(reason.message)
}
