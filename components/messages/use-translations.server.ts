import { cache, use } from 'react'
import type { Namespace } from '#lib/messages/languages.ts'
import { readTranslations } from './read-translations.ts'
import type { Translations } from './translations.ts'

const translationsOnce: typeof readTranslations = cache(readTranslations)

/** The messages of one area, in server components that are not async. */
export function useTranslations<Area extends Namespace>(area: Area): Translations<Area> {
  return use(translationsOnce(area))
}
