import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { z } from 'zod'

/** A printed sermon of the evaluation. */
export type LibrarySermon = { key: string; title: string; scripture: string; text: string }

const line = z.object({ key: z.string(), title: z.string(), scripture: z.string(), text: z.string() })

/**
 * Loads the 242 printed sermons by C. H. Spurgeon in the repository: 60 with questions written
 * for them (their keys begin with `sermon-`) and 182 others of the same years. Public domain; see
 * docs/evaluation.md.
 */
export async function loadLibrary(): Promise<LibrarySermon[]> {
  const packed = await readFile(join(import.meta.dirname, 'data/sermons.jsonl.br'))
  return brotliDecompressSync(packed)
    .toString('utf8')
    .split('\n')
    .map((entry) => line.parse(JSON.parse(entry)))
}
