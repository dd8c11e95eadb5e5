import { EMBEDDING_DIMENSIONS } from '#lib/db/schema.ts'
import type { Embedder } from './embedder.ts'
import { stemWord } from './stem-word.ts'
import { isStopWord, wordsOfText } from './words-of-text.ts'

const WORD_WEIGHT = 1
/** Parts of words, so that a misspelling or another form of a word still comes near. */
const LETTERS_WEIGHT = 0.25
const LETTERS = 4

/**
 * The embedder that needs no model and no network: words and letter groups are hashed to places in the
 * vector. It finds the same words and their forms, not the same meaning, and says so by its label.
 */
export const lexicalEmbedder: Embedder = {
  id: 'lexical-1',
  dimensions: EMBEDDING_DIMENSIONS,
  label: 'lexical',
  embed: async (texts, { signal }) => {
    signal?.throwIfAborted()
    return texts.map(lexicalVector)
  },
}

/** A unit vector; the zero vector becomes a fixed unit vector so that distances stay defined. */
export function lexicalVector(text: string): number[] {
  const weights = new Map<string, number>()
  const add = (feature: string, weight: number) => weights.set(feature, (weights.get(feature) ?? 0) + weight)
  for (const word of wordsOfText(text)) {
    if (isStopWord(word)) continue
    const stem = stemWord(word)
    add(`w ${stem}`, WORD_WEIGHT)
    const framed = `<${stem}>`
    for (let at = 0; at + LETTERS <= framed.length; at += 1) {
      add(`l ${framed.slice(at, at + LETTERS)}`, LETTERS_WEIGHT)
    }
  }
  const vector = new Array<number>(EMBEDDING_DIMENSIONS).fill(0)
  for (const [feature, weight] of weights) {
    const hash = fnv1a(feature)
    const place = hash % EMBEDDING_DIMENSIONS
    // The sign comes from a bit the place does not depend on, so that collisions cancel out on average.
    const sign = Math.imul(hash, 0x9e3779b1) >>> 31 === 0 ? 1 : -1
    vector[place] = (vector[place] ?? 0) + sign * Math.sqrt(weight)
  }
  const length = Math.hypot(...vector)
  if (length === 0) {
    vector[0] = 1
    return vector
  }
  return vector.map((value) => value / length)
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}
