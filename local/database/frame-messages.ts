/** A complete frontend or backend message: a type byte, a four-byte length that includes itself, the body. */
export interface WireMessage {
  type: number
  /** The complete message, including the type byte. */
  bytes: Buffer
}

export class FramingError extends Error {}

const headerBytes = 5

/**
 * Splits a byte stream into complete protocol messages, in whatever chunks it arrives. A message inside one
 * chunk is a view into it, not a copy.
 */
export class MessageFramer {
  readonly #maxBytes: number
  #rest: Buffer[] = []
  #restBytes = 0
  /** Bytes that must have arrived before another message can be complete. */
  #neededBytes = headerBytes

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Returns the messages that this chunk completes. Throws FramingError for an impossible length. */
  push(chunk: Buffer): WireMessage[] {
    const messages: WireMessage[] = []
    this.#rest.push(chunk)
    this.#restBytes += chunk.length
    if (this.#restBytes < this.#neededBytes) return messages
    const data = this.#rest.length === 1 ? chunk : Buffer.concat(this.#rest, this.#restBytes)
    let offset = 0
    this.#neededBytes = headerBytes
    while (data.length - offset >= headerBytes) {
      const sizeBytes = data.readUInt32BE(offset + 1) + 1
      if (sizeBytes < headerBytes || sizeBytes > this.#maxBytes) {
        throw new FramingError(`a message claims ${sizeBytes} bytes`)
      }
      if (data.length - offset < sizeBytes) {
        this.#neededBytes = sizeBytes
        break
      }
      messages.push({ type: data.readUInt8(offset), bytes: data.subarray(offset, offset + sizeBytes) })
      offset += sizeBytes
    }
    this.#rest = offset === data.length ? [] : [data.subarray(offset)]
    this.#restBytes = data.length - offset
    return messages
  }

  /** The number of bytes after the last complete message. */
  get pendingBytes(): number {
    return this.#restBytes
  }
}

export type StartupPacket =
  | { kind: 'encryption' }
  | { kind: 'cancel'; connectionId: number; cancelKey: number }
  | { kind: 'startup'; minorVersion: number; parameters: Map<string, string> }

const sslRequest = 80877103
const gssRequest = 80877104
const cancelRequest = 80877102
const maxStartupBytes = 10_000

/**
 * Reads the untyped packet at the start of a connection. Returns null until it is complete, otherwise the packet and
 * the bytes after it. Throws FramingError for another protocol or an impossible length.
 */
export function readStartupPacket(data: Buffer): { packet: StartupPacket; rest: Buffer } | null {
  if (data.length < 4) return null
  const sizeBytes = data.readUInt32BE(0)
  if (sizeBytes < 8 || sizeBytes > maxStartupBytes) throw new FramingError('not a Postgres start-up packet')
  if (data.length < sizeBytes) return null
  const rest = data.subarray(sizeBytes)
  const code = data.readUInt32BE(4)
  if (code === sslRequest || code === gssRequest) return { packet: { kind: 'encryption' }, rest }
  if (code === cancelRequest) {
    if (sizeBytes !== 16) throw new FramingError('the cancel request has a wrong length')
    const [connectionId, cancelKey] = [data.readInt32BE(8), data.readInt32BE(12)]
    return { packet: { kind: 'cancel', connectionId, cancelKey }, rest }
  }
  if (code >>> 16 !== 3) throw new FramingError(`protocol version ${code >>> 16} is not supported`)
  const fields = data.toString('utf8', 8, sizeBytes).split('\0')
  const parameters = new Map<string, string>()
  for (let index = 0; index + 1 < fields.length && fields[index] !== ''; index += 2) {
    parameters.set(fields[index] ?? '', fields[index + 1] ?? '')
  }
  return { packet: { kind: 'startup', minorVersion: code & 0xffff, parameters }, rest }
}
