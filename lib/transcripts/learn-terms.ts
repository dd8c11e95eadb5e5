/** Terms of more letters or words are sentences, not names. */
export const LONGEST_TERM = 60
const MOST_WORDS = 4
const FEWEST_LETTERS = 3

/**
 * The names and terms that corrections brought into a transcript: words with a capital letter within a sentence that
 * the text before the corrections did not have in any spelling of their case, together with the capitalised words
 * beside them. The most frequent come first.
 */
export function learnTerms(before: readonly string[], after: readonly string[]): string[] {
  const known = new Set(before.map((word) => bare(word).toLowerCase()))
  const counts = new Map<string, number>()
  let run: string[] = []
  let isNew = false
  const finish = () => {
    const term = run.join(' ')
    if (isNew && run.length <= MOST_WORDS && term.length <= LONGEST_TERM) {
      counts.set(term, (counts.get(term) ?? 0) + 1)
    }
    run = []
    isNew = false
  }
  for (const [index, word] of after.entries()) {
    const name = bare(word).replace(/[’']s$/u, '')
    const previous = after[index - 1]
    const beginsSentence = previous === undefined || /[.!?…:]["'”’)\]»]*$/u.test(previous)
    if (!/^\p{Lu}/u.test(name) || (beginsSentence && run.length === 0)) {
      finish()
      continue
    }
    run.push(name)
    if (name.length >= FEWEST_LETTERS && !known.has(name.toLowerCase())) isNew = true
    // A mark after a word ends the name.
    if (/[^\p{L}\p{M}\p{N}]$/u.test(word)) finish()
  }
  finish()
  return [...counts].toSorted(([, one], [, other]) => other - one).map(([term]) => term)
}

function bare(word: string): string {
  return word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
}
