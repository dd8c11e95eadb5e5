import { findLanguage } from '#lib/text/language.ts'

/** Codes that name no language, and English, which many recorders write whatever is spoken. */
const saysNothing = new Set(['en', 'mis', 'mul', 'zxx'])

/**
 * The language that a tag of a recording names, in any code of BCP 47 or ISO 639-2 ("spa", "ger"); empty where the tag
 * says nothing.
 */
export function readTagLanguage(tag: string | undefined): string {
  const found = findLanguage((tag ?? '').trim().replaceAll('_', '-'))
  if (found === null) return ''
  const { language } = new Intl.Locale(found)
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
  return saysNothing.has(language) || names.of(language) === undefined ? '' : found
}
