import { createHash } from 'node:crypto'

/** Raise it when artwork is drawn differently: apps then fetch the new images. */
const DRAWING = 1

export const coverKinds = ['church', 'series', 'speaker', 'topic', 'sermon'] as const
/** What a cover is generated for. */
export type CoverKind = (typeof coverKinds)[number]

/** A version of a cover: another one when the words that it is made of change. */
export function coverVersion(words: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([DRAWING, ...words]))
    .digest('hex')
    .slice(0, 12)
}

/** The path of a cover. It names the version, so that apps that keep images fetch a new one. */
export function coverPath(kind: CoverKind, id: string, version: string): string {
  return `/feeds/artwork/${kind}/${id}/${version}.jpg`
}
