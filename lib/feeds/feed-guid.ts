import { createHash } from 'node:crypto'

/** The namespace of the Podcasting 2.0 specification. */
const namespace = 'ead4c236-bf58-58c6-a2c6-a6b28d128cb6'

/**
 * The `podcast:guid` of a feed: a version 5 UUID of the ids of what the feed is about. The address is not part of it,
 * so it stays the same when the church moves to another host or renames something.
 */
export function feedGuid(subject: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(subject)
    .digest()
    .subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
