import { useTranslations as useClientTranslations } from 'use-intl/react'
import type { Namespace } from '#lib/messages/languages.ts'
import type { Translations } from './translations.ts'

/**
 * The messages of one area: `const t = useTranslations('player')`, then `t('play')`. For client components; server
 * components that import this file get `use-translations.server.ts` instead, by the imports map of package.json.
 */
export function useTranslations<Area extends Namespace>(area: Area): Translations<Area> {
  return useClientTranslations(area)
}
