/** Inclusive offsets. */
export interface ByteRange {
  start: number
  end: number
}

/**
 * Reads a `Range` header for an object of `sizeBytes`. Undefined: send the whole object (no header, or another
 * unit). `unsatisfiable`: no byte of the range exists, or several ranges were requested.
 */
export function parseRange(
  header: string | undefined,
  sizeBytes: number,
): ByteRange | 'unsatisfiable' | undefined {
  if (header === undefined) return undefined
  const match = /^bytes=(.*)$/i.exec(header.trim())
  if (!match) return undefined
  const single = /^\s*(\d*)\s*-\s*(\d*)\s*$/.exec(match[1] ?? '')
  if (!single) return 'unsatisfiable'
  const [, first = '', last = ''] = single
  if (first === '') {
    if (last === '') return 'unsatisfiable'
    const lengthBytes = Number(last)
    if (lengthBytes === 0 || sizeBytes === 0) return 'unsatisfiable'
    return { start: Math.max(0, sizeBytes - lengthBytes), end: sizeBytes - 1 }
  }
  const start = Number(first)
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1)
  return start >= sizeBytes || end < start ? 'unsatisfiable' : { start, end }
}
