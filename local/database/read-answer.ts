import { backend } from './build-messages.ts'
import { MessageFramer } from './frame-messages.ts'

/** The complete answer to statements of the gateway itself. */
export interface Answer {
  /** The rows of every statement, as text. */
  rows: (string | null)[][]
  error: { code: string; message: string } | null
}

const maxReplyBytes = 64 * 1024 * 1024
const dataRow = 0x44

/** Collects the rows and the error of an answer that is not sent to a client. */
export class AnswerReader {
  readonly #framer = new MessageFramer(maxReplyBytes)
  readonly answer: Answer = { rows: [], error: null }

  push(bytes: Buffer): void {
    for (const message of this.#framer.push(bytes)) {
      if (message.type === dataRow) this.answer.rows.push(readRow(message.bytes))
      if (message.type === backend.error) this.answer.error = readError(message.bytes)
    }
  }
}

function readRow(message: Buffer): (string | null)[] {
  const row: (string | null)[] = []
  let offset = 7
  for (let column = message.readInt16BE(5); column > 0; column -= 1) {
    const sizeBytes = message.readInt32BE(offset)
    offset += 4
    row.push(sizeBytes < 0 ? null : message.toString('utf8', offset, offset + sizeBytes))
    offset += Math.max(0, sizeBytes)
  }
  return row
}

function readError(message: Buffer): { code: string; message: string } {
  const fields = message.toString('utf8', 5).split('\0')
  const field = (letter: string): string | undefined => fields.find((one) => one.startsWith(letter))?.slice(1)
  return { code: field('C') ?? 'XX000', message: field('M') ?? 'unknown error' }
}
