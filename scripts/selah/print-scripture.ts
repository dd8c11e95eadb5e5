import { followReferences } from '#lib/scripture/follow-references.ts'

/**
 * Finds the Bible references of each line, as parts of a JSON array with one entry per line, with offsets in UTF-16
 * code units. A line may end with LF or CRLF; the end of the last line does not start another.
 */
export function* scriptureOfLines(text: string): Generator<string> {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
  yield '['
  for (const [index, line] of (text === '' ? [] : lines).entries()) {
    const references = followReferences(line).map(({ osis, startOffset, endOffset }) => ({
      osis,
      start: startOffset,
      end: endOffset,
    }))
    yield `${index === 0 ? '\n' : ',\n'}${JSON.stringify({ references })}`
  }
  yield '\n]\n'
}

/** Reads standard input as UTF-8. */
export async function readStandardInput(): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of process.stdin) text += decoder.decode(chunk as Uint8Array, { stream: true })
  return text + decoder.decode()
}
