import { expect, it } from 'vitest'
import { collectReferences } from './collect-references.ts'
import { formatRange } from './format-references.ts'

const collect = (details: { title?: string; scripture?: string; text?: string }) =>
  collectReferences({
    title: details.title ?? '',
    scripture: details.scripture ?? '',
    words: (details.text ?? '').split(' ').map((word, place) => [word, place * 400, place * 400 + 300]),
  })

it('keeps all references of the details, and those of the title that the details do not name', () => {
  const found = collect({ title: 'Psalm 23: The Shepherd', scripture: 'Romans 8:28; 1 John 4:7-8' })
  expect(found.map((reference) => [reference.source, formatRange(reference), reference.kind])).toEqual([
    ['details', 'Romans 8:28', 'expounded'],
    ['details', '1 John 4:7–8', 'expounded'],
    ['title', 'Psalm 23', 'expounded'],
  ])
  expect(collect({ title: 'On Romans 8', scripture: 'Romans 8' })).toHaveLength(1)
})

it('distinguishes expounded, read and mentioned references, with the words that name them', () => {
  const text =
    'Please turn with me to John chapter 3 verse 16. ' +
    'It is much later that Paul writes to the church about this, as you know, and the same hope is in Psalm 23. ' +
    'So we come back to Romans 8:28.'
  const found = collect({ scripture: 'Romans 8', text }).filter(({ source }) => source === 'transcript')
  const words = text.split(' ')
  expect(
    found.map(({ kind, firstWord, lastWord }) => [
      kind,
      words.slice(firstWord ?? 0, (lastWord ?? 0) + 1).join(' '),
    ]),
  ).toEqual([
    ['read', 'John chapter 3 verse 16.'],
    ['mentioned', 'Psalm 23.'],
    ['expounded', 'Romans 8:28.'],
  ])
})

it('leaves out references that do not exist', () => {
  expect(collect({ title: 'Part 3', scripture: 'Psalm 151', text: 'Acts 29 is for us.' })).toEqual([])
})
