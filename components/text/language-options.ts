import { offeredLanguages } from '#lib/text/language.ts'

/** The languages that a form offers, and the chosen one when it is another. */
export function languageOptions(chosen: string): { value: string; label: string }[] {
  const offered = Object.entries(offeredLanguages).map(([value, label]) => ({ value, label }))
  return chosen === '' || offeredLanguages[chosen] ? offered : [...offered, { value: chosen, label: chosen }]
}
