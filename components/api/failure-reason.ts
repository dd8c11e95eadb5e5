import type { Translations } from '#components/messages/translations.ts'
import type { MessageKey } from '#lib/messages/languages.ts'

/** Why an action failed: a sentence of the server, or one of our messages. */
export type FailureReason = { sentence: string } | { message: MessageKey<'failures'> }

/** Formats the reason as a sentence for a person; `t` is `useTranslations('failures')`. */
export function formatFailureReason(reason: FailureReason, t: Translations<'failures'>): string {
  return 'sentence' in reason ? reason.sentence : t(reason.message)
}
