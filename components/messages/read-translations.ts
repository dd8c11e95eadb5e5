import { headers } from 'next/headers'
import { cache } from 'react'
import { createTranslator } from 'use-intl/core'
import { chooseLanguage } from '#lib/messages/choose-language.ts'
import { languages, type Messages, type Namespace } from '#lib/messages/languages.ts'
import { readMessages } from '#lib/messages/read-messages.ts'
import type { Translations } from './translations.ts'

/** The language of the reader of this request. */
export const readLanguage = cache(
  async (): Promise<string> =>
    chooseLanguage((await headers()).get('accept-language'), [...languages.keys()]),
)

/** The messages of one area, in async server components and in `generateMetadata`. */
export async function readTranslations<Area extends Namespace>(area: Area): Promise<Translations<Area>> {
  const language = await readLanguage()
  return createTranslator<Messages, Area>({
    locale: language,
    messages: readMessages(language),
    namespace: area,
  })
}
