import { expect, it } from 'vitest'
import { englishTerm } from './analyse-english.ts'
import { correctSpelling } from './correct-spelling.ts'
import { addSpellings, createPassageIndex, setSermon } from './passage-index.ts'
import { wordMeanings } from './word-meanings.ts'

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
  'pharaoh',
  'sanctification',
  'congregation',
  'feminine',
]
const index = createPassageIndex(4)
setSermon(
  index,
  {
    id: 's',
    churchId: 'c',
    isPublished: true,
    speaker: null,
    headings: [[], [], [], [], []],
    scripture: [],
    language: 'en',
    embedder: null,
  },
  words.map((word, place) => ({
    id: `p${place}`,
    terms: [term(word)],
    positions: [0],
    words: 1,
    meaning: null,
  })),
)
for (const word of words) addSpellings(index, word, { terms: [term(word)], positions: [0] })
const correct = (typed: string) => {
  const word = typed.toLowerCase()
  return correctSpelling(index, wordMeanings(), { word, own: [term(word)] }).map(({ word: meant }) => meant)
}

it.each([
  ['chnage', 'change'],
  ['chagne', 'change'],
  ['ressurection', 'resurrection'],
  ['Melchizadek', 'melchizedek'],
  ['beleive', 'believe'],
  ['Abrahm', 'abraham'],
  ['Gethsemani', 'gethsemane'],
  // The table of word meanings has this spelling too.
  ['pharoah', 'pharaoh'],
  // Their stems are further apart than the words.
  ['sanctifcation', 'sanctification'],
  ['congregaton', 'congregation'],
])('reads %s as %s', (typed, meant) => {
  expect(correct(typed)).toEqual([meant])
})

it.each(['zxqv', 'lov', 'bitcoin', 'mercury', 'feminism', 'change'])(
  'does not take %s for a word of the library',
  (typed) => {
    expect(correct(typed)).toEqual([])
  },
)
