import { describe, expect, it } from 'vitest'
import { readQuery } from './read-query.ts'

const stems = (text: string) => readQuery(text).terms.map(({ stem }) => stem)

describe('readQuery', () => {
  it('keeps what is asked for, each thing once, and drops small words', () => {
    expect(stems('Why do we pray, and how should one PRAY for rain?')).toEqual(['pray', 'rain'])
  })

  it('lets the words of asking count for little', () => {
    const { terms } = readQuery('What did the preacher say about grief?')
    expect(terms.map(({ word, weight }) => [word, weight < 1])).toEqual([
      ['grief', false],
      ['preacher', true],
    ])
  })

  it('knows other words for everyday things', () => {
    expect(readQuery('worried').terms[0]?.related).toContain('anxious')
    expect(readQuery('lasagne').terms[0]?.related).toEqual([])
  })

  it.each([
    ['Romans 8:28', 'romans', 8],
    ['what does 1 Corinthians 13 teach', '1 corinthians', 13],
    ['1corinthians 13', '1 corinthians', 13],
    ['Psalms 23', 'psalm', 23],
    ['John chapter 3', 'john', 3],
  ])('reads the scripture reference in %s', (text, book, chapter) => {
    expect(readQuery(text).reference).toEqual({ book, chapter })
  })

  it('takes names of people for people', () => {
    expect(readQuery('What did John do?').reference).toBeNull()
    expect(readQuery('James had 3 brothers').reference).toBeNull()
  })

  it('stays small whatever it is given', () => {
    const many = Array.from({ length: 3000 }, (_, at) => `word${at}`).join(' ')
    expect(readQuery(many).terms.length).toBeLessThanOrEqual(12)
    expect(readQuery('x'.repeat(100_000)).terms[0]?.word.length).toBeLessThanOrEqual(40)
    expect(readQuery('\0 恵み ?!').terms.length).toBeLessThanOrEqual(1)
  })
})
