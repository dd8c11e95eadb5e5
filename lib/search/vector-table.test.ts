import { expect, test } from 'vitest'
import { createVectorTable } from './vector-table.ts'

const aVector = (length: number, seed: number) => {
  const values = Float32Array.from(
    { length },
    (_, place) => ((Math.imul(place + seed, 2654435761) >>> 8) % 1000) / 1000 - 0.5,
  )
  return values.map((value) => value / Math.hypot(...values))
}

test.each([
  [100, 1],
  [100, 4],
  [102, 7],
  [3, 50],
  [8, 9],
])('multiplies unit vectors of %i numbers, %i of them, as arithmetic does', (dimensions, count) => {
  const table = createVectorTable(dimensions)
  table.makeRoom(count)
  const rows = Array.from({ length: count }, (_, place) => aVector(dimensions, place))
  for (const [place, row] of rows.entries()) table.set(place, row)
  const query = aVector(dimensions, 999)
  const products = table.multiply(query, count)
  expect(products).toHaveLength(count)
  for (const [place, row] of rows.entries()) {
    const expected = row.reduce((sum, value, d) => sum + value * (query[d] ?? 0), 0)
    expect(products[place]).toBeCloseTo(expected, 3)
  }
})

test('keeps its rows when it grows, and new rows are 0', () => {
  const table = createVectorTable(4)
  table.makeRoom(2)
  table.set(0, Float32Array.of(0.5, 0.5, 0.5, 0.5))
  table.set(1, Float32Array.of(0, 0.6, 0, -0.8))
  table.multiply(Float32Array.of(1, 0, 0, 0), 2)
  table.makeRoom(100_000)
  const products = [...table.multiply(Float32Array.of(0, 0, 0, 1), 4)]
  expect(products.map((product) => Number(product.toFixed(3)))).toEqual([0.5, -0.8, 0, 0])
  expect([...table.read(0)]).toEqual([0.5, 0.5, 0.5, 0.5])
  expect([...table.read(99_999)]).toEqual([0, 0, 0, 0])
})
