import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { StoredWord, WordRange } from '#lib/db/schema.ts'

/** A sermon to measure with. Where it has no recording its word times are made up at a steady pace. */
export type CorpusSermon = {
  key: string
  title: string
  speaker: string
  scripture: string
  words: StoredWord[]
  sentences: WordRange[]
}

const sharedIndex = z.array(
  z.object({ id: z.string(), title: z.string(), reference: z.string(), file: z.string() }),
)
const sampleSermon = z.object({ title: z.string(), speaker: z.string(), scripture: z.string() })

/** The 60 printed sermons of the shared test data. */
export async function loadSharedCorpus(directory: string): Promise<CorpusSermon[]> {
  const index = sharedIndex.parse(JSON.parse(await readFile(join(directory, 'sermons.json'), 'utf8')))
  return Promise.all(
    index.map(async ({ id, title, reference, file }) => ({
      key: id,
      title,
      speaker: 'C. H. Spurgeon',
      scripture: reference,
      ...wordsAtASteadyPace(await readFile(join(directory, file), 'utf8')),
    })),
  )
}

/** The product's own samples. */
export async function loadSampleCorpus(directory: string): Promise<CorpusSermon[]> {
  const folders = (await readdir(directory, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  return Promise.all(
    folders.map(async ({ name }) => ({
      key: name,
      ...sampleSermon.parse(JSON.parse(await readFile(join(directory, name, 'sermon.json'), 'utf8'))),
      ...wordsAtASteadyPace(await readFile(join(directory, name, 'text.txt'), 'utf8')),
    })),
  )
}

const WORD_MS = 400
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

function wordsAtASteadyPace(text: string): { words: StoredWord[]; sentences: WordRange[] } {
  const words: StoredWord[] = []
  const sentences: WordRange[] = []
  for (const paragraph of text.split(/\n\s*\n/)) {
    for (const { segment } of segmenter.segment(paragraph.replace(/\s+/g, ' '))) {
      const first = words.length
      for (const word of segment.split(' ').filter((part) => part !== '')) {
        const startMs = words.length * WORD_MS
        words.push([word, startMs, startMs + WORD_MS - 50])
      }
      if (words.length > first) sentences.push([first, words.length - 1])
    }
  }
  return { words, sentences }
}
