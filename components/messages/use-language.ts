import { useLocale } from 'use-intl/react'

/**
 * The language of the reader as a BCP 47 tag. For client components; server components that import this file get
 * `use-language.server.ts` instead, by the imports map of package.json.
 */
export function useLanguage(): string {
  return useLocale()
}
