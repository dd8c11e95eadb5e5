import { isRightToLeft } from '#lib/text/language.ts'

/** Attributes of an element. */
export type Marked = { lang: string | undefined; dir: 'auto' | 'rtl' }

/**
 * Marks a short text of a church (a title, a name) with its language, so that it is pronounced and hyphenated
 * correctly. Its direction follows its first letters: a title may be in another script than the sermon.
 */
export function textIn(language: string | null | undefined): Marked {
  return { lang: language || undefined, dir: 'auto' }
}

/** Marks running text: a paragraph keeps its direction even where it begins with a foreign name. */
export function readingIn(language: string | null | undefined): Marked {
  return { lang: language || undefined, dir: language && isRightToLeft(language) ? 'rtl' : 'auto' }
}
