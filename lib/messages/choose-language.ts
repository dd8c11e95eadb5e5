import Negotiator from 'negotiator'
import { defaultLanguage } from './languages.ts'

/**
 * The language to answer in: the one of `available` that the `Accept-Language` header prefers, or English.
 * `en-US` is answered with `en` where there is nothing closer.
 */
export function chooseLanguage(acceptLanguage: string | null, available: readonly string[]): string {
  const accepted = acceptLanguage ?? undefined
  const ordered = [defaultLanguage, ...available.filter((language) => language !== defaultLanguage)]
  return new Negotiator({ headers: { 'accept-language': accepted } }).language(ordered) ?? defaultLanguage
}
