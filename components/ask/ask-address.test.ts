import { describe, expect, it } from 'vitest'
import { scopeOptionsOfSermon } from '#lib/ask/ask-scope-options.ts'
import { askBody, chosenScope, nextAddress, readAskAddress, writeAskAddress } from './ask-address.ts'

const read = (query: string) => readAskAddress(new URLSearchParams(query))
const options = scopeOptionsOfSermon({
  id: 'id-of-sermon',
  slug: 'on-joseph',
  title: 'On Joseph',
  series: { slug: 'genesis', title: 'Genesis' },
  speaker: { slug: 'ann-reed', name: 'Ann Reed' },
})
const bodyOf = (query: string) => JSON.parse(askBody(read(query), options) ?? 'null')

describe('the address of an answer', () => {
  it('reads the address that it wrote', () => {
    const address = {
      question: 'And what about his brother?',
      earlier: ['Who was Joseph & his father?'],
      sermon: 'on-joseph',
      series: '',
      speaker: '',
      scope: 'series',
    } as const
    expect(readAskAddress(new URL(writeAskAddress(address), 'http://x').searchParams)).toEqual(address)
  })

  it.each(['', 'q=', 'q=%00', 'q=+++'])('contains no question: %j', (query) =>
    expect(askBody(read(query), options)).toBeNull(),
  )

  it('shortens texts that are too long, and drops an unknown scope', () => {
    const { question, scope } = read(`q=${'x'.repeat(900)}&scope=church`)
    expect(question).toHaveLength(500)
    expect(scope).toBeNull()
  })

  it('keeps earlier questions only for a question that refers to them', () => {
    expect(read('q=And+his+brother%3F&earlier=Who+was+Joseph%3F').earlier).toEqual(['Who was Joseph?'])
    expect(read('q=What+is+saving+grace%3F&earlier=Who+was+Joseph%3F').earlier).toEqual([])
    expect(read('q=And+then%3F&earlier=And+then%3F').earlier).toEqual([])
  })
})

describe('nextAddress', () => {
  it('joins a follow-up to the questions before it', () => {
    const first = nextAddress(read('scope=all&sermon=on-joseph'), 'Who was Joseph?')
    const second = nextAddress(first, 'And what about his brother?')
    expect(second).toMatchObject({ earlier: ['Who was Joseph?'], sermon: 'on-joseph', scope: 'all' })
    expect(nextAddress(second, 'Why?').earlier).toEqual(['Who was Joseph?', 'And what about his brother?'])
    expect(nextAddress(second, 'What is saving grace?').earlier).toEqual([])
  })
})

describe('the scope of a question', () => {
  it('is the sermon at hand unless the address says another one', () => {
    expect(bodyOf('q=Why+pray%3F')).toEqual({ question: 'Why pray?', earlier: [], sermonId: 'id-of-sermon' })
    expect(bodyOf('q=Why+pray%3F&scope=series')).toMatchObject({ series: 'genesis' })
    expect(bodyOf('q=Why+pray%3F&scope=speaker')).toMatchObject({ speaker: 'ann-reed' })
    expect(bodyOf('q=Why+pray%3F&scope=all')).toEqual({ question: 'Why pray?', earlier: [] })
  })

  it('is every sermon without options', () => expect(chosenScope(read('q=x&scope=series'), [])).toBeNull())
})
