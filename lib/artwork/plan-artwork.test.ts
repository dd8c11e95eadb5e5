import { describe, expect, it } from 'vitest'
import { planArtwork } from './plan-artwork.ts'

describe('planArtwork', () => {
  it('is the same for the same title, reference and series', () => {
    const subject = { title: 'The Good Shepherd', reference: 'John 10:11', family: 'I Am' }
    expect(planArtwork(subject)).toEqual(planArtwork({ ...subject }))
  })

  it.each([
    ['John 10:11-18', 'John', '10:11'],
    ['1 Kings 19', '1 Kings', '19'],
    ['Song of Songs 2:1', 'Song of Songs', '2:1'],
    ['Ps. 23', 'Ps', '23'],
  ])('splits %s into book and chapter', (reference, label, figure) =>
    expect(planArtwork({ title: 'x', reference, family: 'x' })).toMatchObject({ label, figure }),
  )

  it('falls back to the initial of the title without its article', () => {
    expect(planArtwork({ title: 'The Narrow Gate', reference: '', family: '' })).toMatchObject({
      label: '',
      figure: 'N',
    })
    expect(planArtwork({ title: '', reference: '', family: '' }).figure).toBe('·')
  })

  it('gives every sermon of a series the same colour', () => {
    const one = planArtwork({ title: 'One', reference: '', family: 'Romans' })
    const two = planArtwork({ title: 'Two', reference: '', family: 'Romans' })
    expect(one.hue).toBe(two.hue)
  })
})
