/** `multiply-rows.wat` in binary form, written by `wat2wasm` of WABT. */
const code =
  'AGFzbQEAAAABCQFgBX9/f39/AAIPAQNlbnYGbWVtb3J5AgABAwIBAAcMAQhtdWx0aXBseQAACpQDAZEDAgJ/BXsCQANAIAAgAU8NAf0MAAAAAAAAAAAAAAAAAAAAACEI/QwAAAAAAAAAAAAAAAAAAAAAIQn9DAAAAAAAAAAAAAAAAAAAAAAhCv0MAAAAAAAAAAAAAAAAAAAAACELQQAhBQNAIAIgBWr9AAQAIQcgACAFaiEGIAggByAG/QAEAP3mAf3kASEIIAYgA2ohBiAJIAcgBv0ABAD95gH95AEhCSAGIANqIQYgCiAHIAb9AAQA/eYB/eQBIQogBiADaiEGIAsgByAG/QAEAP3mAf3kASELIAVBEGohBSAFIANJDQALIAggCf0NAAECAxAREhMEBQYHFBUWFyAIIAn9DQgJCgsYGRobDA0ODxwdHh/95AEhCCAKIAv9DQABAgMQERITBAUGBxQVFhcgCiAL/Q0ICQoLGBkaGwwNDg8cHR4f/eQBIQogBCAIIAr9DQABAgMEBQYHEBESExQVFhcgCCAK/Q0ICQoLDA0ODxgZGhscHR4f/eQB/QsEACAEQRBqIQQgACADQQJ0aiEADAALCws='

const PAGE_BYTES = 65_536
const FLOAT_BYTES = 4
/** The code multiplies four rows at a time, and four numbers of each. */
const LANES = 4

/**
 * Rows of numbers that are multiplied with a vector all at once, by instructions that JavaScript does not have:
 * a third of its time.
 */
export interface VectorTable {
  readonly dimensions: number
  /** Makes room for at least so many rows; what is stored stays, and new rows are 0. */
  makeRoom(rows: number): void
  /** The numbers of one row, to read and write until `makeRoom` is called. */
  row(place: number): Float32Array
  /** The dot product of `vector` and each of the first `count` rows; valid until the next call. */
  multiply(vector: Float32Array, count: number): Float32Array
}

type Multiply = (rows: number, end: number, query: number, bytes: number, out: number) => void

export function createVectorTable(dimensions: number): VectorTable {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const instance = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(code, 'base64')), {
    env: { memory },
  })
  const multiply = instance.exports.multiply as Multiply
  const stride = roundUp(dimensions)
  const rowBytes = stride * FLOAT_BYTES
  // The query comes first, then the rows, then the results, which need not stay when the rows grow.
  const rowsAt = rowBytes
  let room = 0
  return {
    dimensions,
    makeRoom(rows) {
      if (rows <= room) return
      const bytes = rowsAt + roundUp(rows) * (rowBytes + FLOAT_BYTES)
      const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES)
      // The results of an earlier call lie where the new rows are.
      const oldEnd = rowsAt + room * rowBytes
      if (missing > 0) memory.grow(missing)
      room = roundUp(rows)
      new Uint8Array(memory.buffer, oldEnd, rowsAt + room * rowBytes - oldEnd).fill(0)
    },
    row: (place) => new Float32Array(memory.buffer, rowsAt + place * rowBytes, dimensions),
    multiply(vector, count) {
      const query = new Float32Array(memory.buffer, 0, stride)
      query.fill(0)
      query.set(vector)
      const resultsAt = rowsAt + room * rowBytes
      multiply(rowsAt, rowsAt + roundUp(count) * rowBytes, 0, rowBytes, resultsAt)
      return new Float32Array(memory.buffer, resultsAt, count)
    },
  }
}

function roundUp(count: number): number {
  return Math.ceil(count / LANES) * LANES
}
