import { expect, it } from 'vitest'
import { englishTerm } from './analyse-english.ts'
import { correctSpelling } from './correct-spelling.ts'
import { createPassageIndex, setSermon } from './passage-index.ts'

const term = (word: string) => englishTerm(word, () => true)
const words = [
  'change',
  'resurrection',
  'melchizedek',
  'believe',
  'forgiveness',
  'love',
  'abraham',
  'gethsemane',
  'mercy',
]
const index = createPassageIndex(4)
setSermon(
  index,
  {
    id: 's',
    churchId: 'c',
    isPublished: true,
    headings: [[], [], [], [], []],
    scripture: [],
    language: 'en',
    embedder: null,
  },
  [
    {
      id: 'p',
      terms: words.map(term),
      positions: words.map((_, at) => at),
      words: words.length,
      meaning: null,
    },
  ],
)

it.each([
  ['chnage', 'change'],
  ['chagne', 'change'],
  ['ressurection', 'resurrection'],
  ['Melchizadek', 'melchizedek'],
  ['beleive', 'believe'],
  ['forgivness', 'forgiveness'],
  ['Abrahm', 'abraham'],
  ['Gethsemani', 'gethsemane'],
])('reads %s as %s', (typed, meant) => {
  expect(correctSpelling(index, term(typed.toLowerCase()))).toEqual([term(meant)])
})

it.each(['zxqv', 'lov', 'bitcoin', 'mercury'])('does not take %s for a word of the library', (typed) => {
  expect(correctSpelling(index, term(typed))).toEqual([])
})
