import { expect, test } from 'vitest'
import { createVectorTable } from './vector-table.ts'

const aVector = (length: number, seed: number) =>
  Float32Array.from(
    { length },
    (_, place) => ((Math.imul(place + seed, 2654435761) >>> 8) % 1000) / 1000 - 0.5,
  )

test.each([
  [100, 1],
  [100, 4],
  [102, 7],
  [3, 50],
])('multiplies rows of %i numbers, %i of them, as arithmetic does', (dimensions, count) => {
  const table = createVectorTable(dimensions)
  table.makeRoom(count)
  const rows = Array.from({ length: count }, (_, place) => aVector(dimensions, place))
  for (const [place, row] of rows.entries()) table.row(place).set(row)
  const query = aVector(dimensions, 999)
  const products = table.multiply(query, count)
  expect(products).toHaveLength(count)
  for (const [place, row] of rows.entries()) {
    const expected = row.reduce((sum, value, d) => sum + value * (query[d] ?? 0), 0)
    expect(products[place]).toBeCloseTo(expected, 5)
  }
})

test('keeps its rows when it grows, and new rows are 0', () => {
  const table = createVectorTable(4)
  table.makeRoom(2)
  table.row(0).set([1, 2, 3, 4])
  table.row(1).set([5, 6, 7, 8])
  table.multiply(Float32Array.of(1, 1, 1, 1), 2)
  table.makeRoom(100_000)
  expect([...table.multiply(Float32Array.of(1, 0, 0, 1), 4)]).toEqual([5, 13, 0, 0])
  expect([...table.row(99_999)]).toEqual([0, 0, 0, 0])
})
