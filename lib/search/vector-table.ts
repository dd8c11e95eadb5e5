/** `multiply-rows.wat` in binary form, written by `wat2wasm` of WABT. */
const code =
  'AGFzbQEAAAABCgFgBn9/f39/fQACDwEDZW52Bm1lbW9yeQIAAQMCAQAHDAEIbXVsdGlwbHkAAAqeAwGbAwICfwV7AkADQCAAIAFPDQH9DAAAAAAAAAAAAAAAAAAAAAAhCf0MAAAAAAAAAAAAAAAAAAAAACEK/QwAAAAAAAAAAAAAAAAAAAAAIQv9DAAAAAAAAAAAAAAAAAAAAAAhDEEAIQYDQCACIAZq/QAEACEIIAAgBmohByAJIAggB/0ABAD9ugH9rgEhCSAHIANqIQcgCiAIIAf9AAQA/boB/a4BIQogByADaiEHIAsgCCAH/QAEAP26Af2uASELIAcgA2ohByAMIAggB/0ABAD9ugH9rgEhDCAGQRBqIQYgBiADSQ0ACyAJIAr9DQABAgMQERITBAUGBxQVFhcgCSAK/Q0ICQoLGBkaGwwNDg8cHR4f/a4BIQkgCyAM/Q0AAQIDEBESEwQFBgcUFRYXIAsgDP0NCAkKCxgZGhsMDQ4PHB0eH/2uASELIAQgBf0TIAkgC/0NAAECAwQFBgcQERITFBUWFyAJIAv9DQgJCgsMDQ4PGBkaGxwdHh/9rgH9+gH95gH9CwQAIARBEGohBCAAIANBAnRqIQAMAAsLCw=='

const PAGE_BYTES = 65_536
const NUMBER_BYTES = 2
const RESULT_BYTES = 4
/** The code multiplies four rows at a time, and eight numbers of each. */
const ROWS = 4
const LANES = 8
/** Numbers from -1 to 1 are stored as whole ones up to this; the products of unit vectors then fit into 32 bits. */
const ONE = 16_384

/**
 * Unit vectors that are multiplied with one all at once, by instructions that JavaScript does not have. They are
 * stored with four digits, which is a sixth of the time that plain arithmetic on floats takes.
 */
export interface VectorTable {
  readonly dimensions: number
  /** Makes room for at least so many rows; what is stored stays, and new rows are 0. */
  makeRoom(rows: number): void
  /** Stores a vector of length 1, or 0. */
  set(place: number, vector: Float32Array): void
  /** The stored numbers of one row. */
  read(place: number): Float32Array
  /** The dot product of `vector` and each of the first `count` rows; valid until the next call. */
  multiply(vector: Float32Array, count: number): Float32Array
}

type Multiply = (rows: number, end: number, query: number, bytes: number, out: number, unit: number) => void

export function createVectorTable(dimensions: number): VectorTable {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const instance = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(code, 'base64')), {
    env: { memory },
  })
  const multiply = instance.exports.multiply as Multiply
  const stride = roundUp(dimensions, LANES)
  const rowBytes = stride * NUMBER_BYTES
  // The query comes first, then the rows, then the results, which need not stay when the rows grow.
  const rowsAt = rowBytes
  let room = 0
  const store = (at: number, vector: Float32Array) => {
    const numbers = new Int16Array(memory.buffer, at, stride)
    for (let d = 0; d < dimensions; d += 1) numbers[d] = Math.round((vector[d] ?? 0) * ONE)
  }
  return {
    dimensions,
    makeRoom(rows) {
      if (rows <= room) return
      const wanted = roundUp(rows, ROWS)
      const bytes = rowsAt + wanted * (rowBytes + RESULT_BYTES)
      const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES)
      // The results of an earlier call lie where the new rows are.
      const oldEnd = rowsAt + room * rowBytes
      if (missing > 0) memory.grow(missing)
      room = wanted
      new Uint8Array(memory.buffer, oldEnd, rowsAt + room * rowBytes - oldEnd).fill(0)
    },
    set: (place, vector) => store(rowsAt + place * rowBytes, vector),
    read: (place) =>
      Float32Array.from(new Int16Array(memory.buffer, rowsAt + place * rowBytes, dimensions), (n) => n / ONE),
    multiply(vector, count) {
      store(0, vector)
      const resultsAt = rowsAt + room * rowBytes
      multiply(rowsAt, rowsAt + roundUp(count, ROWS) * rowBytes, 0, rowBytes, resultsAt, 1 / (ONE * ONE))
      return new Float32Array(memory.buffer, resultsAt, count)
    },
  }
}

function roundUp(count: number, step: number): number {
  return Math.ceil(count / step) * step
}
