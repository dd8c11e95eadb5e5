import { expect, test } from 'vitest'
import { englishTerm } from '#lib/search/analyse-english.ts'
import { isStopWord, wordsOfText } from '#lib/search/words-of-text.ts'
import { slugOfName } from '#lib/sermons/find-or-create-names.ts'
import { sermonTextLimits } from '#lib/sermons/sermon-text-limits.ts'
import { commonTopics } from './common-topics.ts'

test('every common topic has a name of its own that fits', () => {
  const slugs = commonTopics.map(({ name }) => slugOfName(name))
  expect(new Set(slugs).size).toBe(slugs.length)
  for (const { name } of commonTopics) expect(name.length).toBeLessThanOrEqual(sermonTextLimits.topic)
})

test('no phrase of a common topic becomes a single common word when stop words are left out', () => {
  const short = commonTopics.flatMap(({ name, words }) =>
    words
      .split(', ')
      .filter((phrase) => {
        const terms = wordsOfText(phrase).filter((word) => !isStopWord(word))
        return terms.length === 0 || (phrase.includes(' ') && terms.length < 2)
      })
      .map((phrase) => `${name}: ${phrase}`),
  )
  expect(short).toEqual([])
})

test('no word alone speaks of two common topics', () => {
  const owners = new Map<string, string>()
  const shared: string[] = []
  for (const { name, words } of commonTopics) {
    for (const word of words.split(', ').filter((phrase) => !/[\s-]/.test(phrase))) {
      const term = englishTerm(word, () => true)
      const other = owners.get(term)
      if (other !== undefined && other !== name) shared.push(`${word}: ${other}, ${name}`)
      owners.set(term, name)
    }
  }
  expect(shared).toEqual([])
})
