import { commonSpelling, modernForm } from './modern-form.ts'
import { stemEnglish } from './stem-english.ts'
import { foldWord } from './words-of-text.ts'

/** Whether a stem belongs to today's English. */
export type KnownStems = (stem: string) => boolean

/** The index term of one English word, as `wordsOfText` gives it. */
export function englishTerm(word: string, isKnown: KnownStems): string {
  const modern = modernForm(foldWord(word), { stem: stemEnglish, isKnown })
  return commonSpelling(stemEnglish(modern), isKnown)
}
