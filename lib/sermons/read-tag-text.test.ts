import { expect, test } from 'vitest'
import { sermonTextLimits } from '#lib/sermons/sermon-text-limits.ts'
import { isStorable } from '#lib/text/clean-text.ts'
import { fitFields } from './fit-fields.ts'
import { guessMetadata } from './guess-metadata.ts'
import { readTagText } from './read-tag-text.ts'

const none = { speakers: [], series: [] }
const context = { timeZone: null, nowMs: Date.parse('2026-11-28T12:00:00Z') }

test('UTF-8 in a Latin-1 tag is repaired', () => {
  expect(readTagText('GrÃ¢ce infinie')).toBe('Grâce infinie')
  expect(readTagText('GrÃƒÂ¢ce')).toBe('Grâce')
  expect(readTagText('Weâ€™re here – Ã‰glise')).toBe('We’re here – Église')
  expect(readTagText('Ð‘Ð»Ð°Ð³Ð¾Ð´Ð°Ñ‚ÑŒ')).toBe('Благодать')
})

test.each([
  'Grâce infinie à Noël',
  'Ærø Ålesund',
  'CRÈME BRÛLÉE',
  'What is grace???',
  'Él',
  'Žižek',
  'São João',
  'Crux¿',
  'Þórðr',
  '恩典',
  'Grace ❤',
])('%s is right as it is', (tag) => {
  expect(readTagText(tag)).toBe(tag)
})

test.each([
  'Ïðîïîâåäü',
  'Ìèð',
  'çñã',
  'ÎÒµÄ',
  '????????',
  '?? ???',
  'Gr?ce',
  'Gr�ce',
  'WeÕre here',
  'GrŽce',
  'Pøíbìh',
  '£aska Bo¿a',
])('%s has lost its letters, so the file name decides', (tag) => {
  expect(readTagText(tag)).toBe('')
  const tags = { title: tag, artist: '<unknown>' }
  expect(guessMetadata('2024-03-10 Grace and Truth.mp3', tags, none, context).fields).toMatchObject({
    title: 'Grace and Truth',
    speaker: '',
  })
})

test('tags with characters that cannot be stored, or that are too long, become fields the server accepts', () => {
  const long = 'the righteousness of God revealed apart from the law '.repeat(6)
  const tags = { title: `Gra\0ce ${long}`, artist: long, album: 'Letters\0 of Paul' }
  const { fields, shortened } = fitFields(guessMetadata('a.mp3', tags, none, context).fields)
  expect(shortened).toEqual(['title', 'speaker'])
  expect(fields.title).toMatch(/^Gra ce the righteousness .*…$/)
  expect(fields.series).toBe('Letters of Paul')
  for (const key of ['title', 'speaker', 'series'] as const) {
    expect(isStorable(fields[key])).toBe(true)
    expect(fields[key].length).toBeLessThanOrEqual(sermonTextLimits[key])
  }
})
