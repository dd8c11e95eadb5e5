/** A part of a file: from a byte to the one before `end`. */
export type ByteRange = { start: number; end: number }

/**
 * The bytes that a request asks of a file, by its `Range` header; all of them without one, or with one that servers
 * ignore. Null where it asks for no byte of the file.
 */
export function requestedBytes(range: string | null, sizeBytes: number): ByteRange | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range?.trim() ?? '') ?? []
  if (first === '' && last === '') return { start: 0, end: sizeBytes }
  if (first === '') return bounded(sizeBytes - Number(last), sizeBytes, sizeBytes)
  return bounded(Number(first), last === '' ? sizeBytes : Number(last) + 1, sizeBytes)
}

function bounded(start: number, end: number, sizeBytes: number): ByteRange | null {
  const range = { start: Math.max(0, start), end: Math.min(end, sizeBytes) }
  return range.start < range.end ? range : null
}
