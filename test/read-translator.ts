import { createTranslator } from 'use-intl/core'
import type { Translations } from '#components/messages/translations.ts'
import { defaultLanguage, type Messages, type Namespace } from '#lib/messages/languages.ts'
import { readMessages } from '#lib/messages/read-messages.ts'

/** The English messages of one area, for tests of what people read. */
export function readTranslator<Area extends Namespace>(area: Area): Translations<Area> {
  return createTranslator<Messages, Area>({
    locale: defaultLanguage,
    messages: readMessages(defaultLanguage),
    namespace: area,
  })
}
