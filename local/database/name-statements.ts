import { createHash } from 'node:crypto'
import { buildMessage, frontend } from './build-messages.ts'

const longestNameBytes = 63

/**
 * Gives the statements and portals of one connection names of their own in the shared session, and
 * records which statements exist so that they can be dropped when the connection ends.
 */
export class StatementNames {
  /** The prefix of this connection's names in the session. */
  readonly prefix: string
  readonly #names = new Map<string, string>()
  readonly existing = new Set<string>()

  constructor(connectionId: number) {
    this.prefix = `c${connectionId.toString(36)}_`
  }

  /** Rewrites the name in a Parse, Bind, Describe, Execute or Close message; returns others unchanged. */
  rewrite(type: number, bytes: Buffer): Buffer {
    switch (type) {
      case frontend.parse: {
        const name = readName(bytes, 5)
        if (name.text === '') return bytes
        const own = this.own(name.text)
        this.existing.add(own)
        return buildMessage(type, own, bytes.subarray(name.end))
      }
      case frontend.bind: {
        const portal = readName(bytes, 5)
        const statement = readName(bytes, portal.end)
        if (portal.text === '' && statement.text === '') return bytes
        return buildMessage(
          type,
          this.own(portal.text),
          this.own(statement.text),
          bytes.subarray(statement.end),
        )
      }
      case frontend.execute: {
        const portal = readName(bytes, 5)
        if (portal.text === '') return bytes
        return buildMessage(type, this.own(portal.text), bytes.subarray(portal.end))
      }
      case frontend.describe:
      case frontend.close: {
        const name = readName(bytes, 6)
        if (name.text === '') return bytes
        const own = this.own(name.text)
        if (type === frontend.close && bytes[5] === 0x53) this.existing.delete(own)
        return buildMessage(type, bytes.subarray(5, 6), own)
      }
      default:
        return bytes
    }
  }

  /** Returns the name in the shared session for a client's name. The empty name stays empty. */
  own(name: string): string {
    if (name === '') return ''
    const known = this.#names.get(name)
    if (known !== undefined) return known
    const whole = this.prefix + name
    // Postgres truncates names to 63 bytes, which could make two long ones equal.
    const own =
      Buffer.byteLength(whole) <= longestNameBytes
        ? whole
        : this.prefix + createHash('sha256').update(name).digest('hex').slice(0, 40)
    if (this.#names.size > 10_000) this.#names.clear()
    this.#names.set(name, own)
    return own
  }
}

/** Reads a zero-terminated string of a message. Throws RangeError when the zero is missing. */
export function readName(bytes: Buffer, start: number): { text: string; end: number } {
  if (bytes[start] === 0) return { text: '', end: start + 1 }
  const end = bytes.indexOf(0, start)
  if (end === -1) throw new RangeError('a text in the message has no terminating zero')
  return { text: bytes.toString('utf8', start, end), end: end + 1 }
}
