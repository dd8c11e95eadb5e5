import { offeredLanguages } from '#lib/text/language.ts'

/** The languages that a form offers, with the chosen one if it is not among them. */
export function languageOptions(chosen: string): { value: string; label: string }[] {
  const offered = Object.entries(offeredLanguages).map(([value, label]) => ({ value, label }))
  return chosen === '' || offeredLanguages[chosen] ? offered : [...offered, { value: chosen, label: chosen }]
}
