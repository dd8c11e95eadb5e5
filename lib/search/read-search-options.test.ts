import { describe, expect, it } from 'vitest'
import { findNamedGroups } from './read-search-options.ts'

const people = ['Charles Spurgeon', 'José Marín', 'Thomas Reed'].map((name) => ({
  slug: name,
  name,
  sermons: 1,
}))
const found = (query: string, isPerson = true) =>
  findNamedGroups(query, people, { isPerson }).map(({ name }) => name)

describe('findNamedGroups', () => {
  it.each([
    ['Spurgeon', ['Charles Spurgeon']],
    ['charles spurgeon', ['Charles Spurgeon']],
    ['jose', ['José Marín']],
    ['What did Pastor Reed say about thankfulness?', ['Thomas Reed']],
    ['grace', []],
    ['?!', []],
  ])('%s', (query, names) => expect(found(query)).toEqual(names))

  it('takes a series by its whole title, or by part of it alone', () => {
    expect(found('a talk with charles spurgeon', false)).toEqual(['Charles Spurgeon'])
    expect(found('what about spurgeon', false)).toEqual([])
  })
})
