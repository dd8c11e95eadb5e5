import { isStopWord } from '#lib/search/words-of-text.ts'
import type { LibrarySermon } from './load-library.ts'

const WORDS = 11
const MIN_CONTENT_WORDS = 4

/**
 * Makes phrases as people misremember them: eleven words of every fourth sermon, with two words dropped and two
 * neighbours swapped. The result is always the same.
 */
export function makePhrases(library: readonly LibrarySermon[]): { query: string; sermons: string[] }[] {
  let state = 7
  const random = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return Math.floor((state / 0x80000000) * below)
  }
  return library
    .filter((_, place) => place % 4 === 0)
    .map(({ key, text }) => {
      const words = text.toLowerCase().match(/[a-z'-]+/g) ?? []
      for (;;) {
        const start = 200 + random(words.length - 400)
        const phrase = words.slice(start, start + WORDS)
        for (let dropped = 0; dropped < 2; dropped += 1) phrase.splice(random(phrase.length), 1)
        const at = random(phrase.length - 1)
        phrase.splice(at, 2, phrase[at + 1] ?? '', phrase[at] ?? '')
        if (phrase.filter((word) => !isStopWord(word)).length >= MIN_CONTENT_WORDS) {
          return { query: phrase.join(' '), sermons: [key] }
        }
      }
    })
}
