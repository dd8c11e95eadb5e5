import sharp from 'sharp'
import { expect, test } from 'vitest'
import { cardShapes, drawQuoteCard, lacksCardLetters } from './draw-quote-card.ts'

const card = {
  quote: 'Grace is not a thing that God hands out; it is God giving himself.',
  title: 'The Good Shepherd',
  byline: 'Ruth Reed  ·  Grace & Truth Church',
  draftNote: null,
  artwork: { title: 'The Good Shepherd', reference: 'John 10:11', family: 'I Am' },
}

test.each(['square', 'wide'] as const)(
  'a %s card is a PNG of its size, always the same for the same words',
  async (shape) => {
    const [first, again] = await Promise.all([drawQuoteCard(card, shape), drawQuoteCard(card, shape)])
    if (!first || !again) throw new Error('the card was not drawn')
    expect(await sharp(first).metadata()).toMatchObject({ format: 'png', ...cardShapes[shape] })
    expect(Buffer.compare(first, again)).toBe(0)
  },
)

test('the words, the draft note, the title and the speaker are all on the card', async () => {
  const drawn = await drawQuoteCard(card, 'wide')
  for (const change of [{ quote: 'Other words.' }, { draftNote: 'Draft' }, { title: 'X' }, { byline: 'Y' }]) {
    expect(await drawQuoteCard({ ...card, ...change }, 'wide')).not.toEqual(drawn)
  }
})

test('a card is refused rather than drawn with a part of its words', async () => {
  const long = Array.from({ length: 400 }, () => 'righteousness').join(' ')
  expect(await drawQuoteCard({ ...card, quote: long }, 'square')).toBeNull()
})

test.each([
  ['Győri Görög Κήρυγμα Пётр — “naïve” 3 ♪', false],
  ['恩典', true],
  ['בְּרֵאשִׁית', true],
  ['في البدء', true],
  ['ในปฐมกาล', true],
  ['Grace, which is called 恩典', true],
])('whether our fonts lack letters of “%s”: %s', (text, lacks) => expect(lacksCardLetters(text)).toBe(lacks))

test('a title in letters that our fonts lack is left out whole', async () => {
  const without = await drawQuoteCard({ ...card, title: '' }, 'wide')
  expect(await drawQuoteCard({ ...card, title: '恩典 Grace' }, 'wide')).toEqual(without)
})
