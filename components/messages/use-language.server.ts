import { use } from 'react'
import { readLanguage } from './read-translations.ts'

/** The language of the reader, in server components that are not async. */
export function useLanguage(): string {
  return use(readLanguage())
}
