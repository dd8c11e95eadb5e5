/**
 * Computes `out[i, j] = sum over k of a[i, k] * b[j, k]` for row-major matrices. `rows` and `columns` must be
 * multiples of 4.
 */
export function multiplyTransposed(
  out: Float64Array,
  a: Float64Array,
  b: Float64Array,
  { rows, columns, depth }: { rows: number; columns: number; depth: number },
): void {
  for (let i = 0; i < rows; i += 4) {
    const a0 = i * depth
    const a1 = a0 + depth
    const a2 = a1 + depth
    const a3 = a2 + depth
    for (let j = 0; j < columns; j += 2) {
      const b0 = j * depth
      const b1 = b0 + depth
      let s00 = 0
      let s01 = 0
      let s10 = 0
      let s11 = 0
      let s20 = 0
      let s21 = 0
      let s30 = 0
      let s31 = 0
      for (let k = 0; k < depth; k += 1) {
        const x = at(b, b0 + k)
        const y = at(b, b1 + k)
        const p = at(a, a0 + k)
        const q = at(a, a1 + k)
        const r = at(a, a2 + k)
        const s = at(a, a3 + k)
        s00 += p * x
        s01 += p * y
        s10 += q * x
        s11 += q * y
        s20 += r * x
        s21 += r * y
        s30 += s * x
        s31 += s * y
      }
      const o = i * columns + j
      out[o] = s00
      out[o + 1] = s01
      out[o + columns] = s10
      out[o + columns + 1] = s11
      out[o + 2 * columns] = s20
      out[o + 2 * columns + 1] = s21
      out[o + 3 * columns] = s30
      out[o + 3 * columns + 1] = s31
    }
  }
}

/** Computes `out[j, i] = a[i, j]`. */
export function transpose(out: Float64Array, a: Float64Array, rows: number, columns: number): void {
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) out[j * rows + i] = at(a, i * columns + j)
  }
}

function at(values: Float64Array, place: number): number {
  return values[place] ?? 0
}
