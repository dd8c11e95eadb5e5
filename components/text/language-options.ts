import { offeredLanguages } from '#lib/text/offered-languages.ts'

/**
 * The languages that a form offers, with the chosen one if it is not among them. `unset` words the first choice, to give
 * no language; without it one must be chosen.
 */
export function languageOptions(chosen: string, unset?: string): { value: string; label: string }[] {
  const offered = Object.entries(offeredLanguages).map(([value, label]) => ({ value, label }))
  return [
    ...(unset === undefined ? [] : [{ value: '', label: unset }]),
    ...offered,
    ...(chosen === '' || offeredLanguages[chosen] ? [] : [{ value: chosen, label: chosen }]),
  ]
}

/** The name of a language in itself, as forms show it. */
export function languageName(tag: string): string {
  return offeredLanguages[tag] ?? tag
}
