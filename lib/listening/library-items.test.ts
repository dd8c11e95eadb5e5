import fc from 'fast-check'
import { expect, it } from 'vitest'
import { libraryItemKinds } from '#lib/db/schema.ts'
import { itemKey, type LibraryItem, mergeItems, writeSorted } from './library-items.ts'

/** Few names and times, so that the same items and moments meet often. */
const anItem: fc.Arbitrary<LibraryItem> = fc.record({
  kind: fc.constantFrom(...libraryItemKinds.slice(0, 2)),
  id: fc.constantFrom('a', 'b'),
  changedAtMs: fc.nat(4),
  value: fc.option(fc.record({ rank: fc.nat(2), note: fc.constantFrom('x', 'y') }), { nil: null }),
})
/** A state has each item once. */
const aState = fc.uniqueArray(anItem, { selector: itemKey, maxLength: 4 })

const sorted = (items: readonly LibraryItem[]) => items.map(writeSorted).toSorted()

it('gives the same state in whatever order the states are merged', () => {
  fc.assert(
    fc.property(aState, aState, aState, (a, b, c) => {
      const expected = sorted(mergeItems(mergeItems(a, b), c))
      expect(sorted(mergeItems(b, a))).toEqual(sorted(mergeItems(a, b)))
      expect(sorted(mergeItems(a, mergeItems(b, c)))).toEqual(expected)
      expect(sorted(mergeItems(mergeItems(c, a), b))).toEqual(expected)
    }),
  )
})

it('changes nothing when a state is merged again', () => {
  fc.assert(
    fc.property(aState, aState, (a, b) => {
      const merged = mergeItems(a, b)
      expect(sorted(mergeItems(merged, a))).toEqual(sorted(merged))
      expect(sorted(mergeItems(b, merged))).toEqual(sorted(merged))
      expect(sorted(mergeItems(merged, merged))).toEqual(sorted(merged))
    }),
  )
})

it('keeps a removal against every change that was not later, and an addition against every earlier removal', () => {
  fc.assert(
    fc.property(aState, anItem, (state, change) => {
      const known = state.find((item) => itemKey(item) === itemKey(change))
      const result = mergeItems(state, [change]).find((item) => itemKey(item) === itemKey(change))
      if (!known || known.changedAtMs < change.changedAtMs) expect(result).toEqual(change)
      else if (known.changedAtMs > change.changedAtMs) expect(result).toEqual(known)
      else if (known.value === null || change.value === null) expect(result?.value).toBeNull()
    }),
  )
})

it('keeps each item once, and invents none', () => {
  fc.assert(
    fc.property(aState, aState, (a, b) => {
      const keys = mergeItems(a, b).map(itemKey)
      expect(new Set(keys).size).toBe(keys.length)
      expect(new Set(keys)).toEqual(new Set([...a, ...b].map(itemKey)))
    }),
  )
})

it('does not depend on the order in which a value names its parts', () => {
  const at = { kind: 'later', id: 'a', changedAtMs: 1 } as const
  const one = { ...at, value: { rank: 1, note: 'x' } }
  const other = { ...at, value: { note: 'x', rank: 1 } }
  expect(mergeItems([one], [other])).toEqual([one])
})
