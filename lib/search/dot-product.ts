/**
 * The sum of the products of `vector` and the numbers of `rows` from `from` on. Four sums at a time, because each
 * addition to one sum waits for the addition before it.
 */
export function dotProduct(rows: Float32Array, from: number, vector: Float32Array): number {
  const { length } = vector
  const whole = length - (length % 4)
  let first = 0
  let second = 0
  let third = 0
  let fourth = 0
  for (let d = 0, at = from; d < whole; d += 4, at += 4) {
    first += (rows[at] ?? 0) * (vector[d] ?? 0)
    second += (rows[at + 1] ?? 0) * (vector[d + 1] ?? 0)
    third += (rows[at + 2] ?? 0) * (vector[d + 2] ?? 0)
    fourth += (rows[at + 3] ?? 0) * (vector[d + 3] ?? 0)
  }
  for (let d = whole; d < length; d += 1) first += (rows[from + d] ?? 0) * (vector[d] ?? 0)
  return first + second + third + fourth
}
