import { describe, expect, it } from 'vitest'
import { randomNumbers } from '#harness/random-numbers.ts'
import { buildMessage } from './build-messages.ts'
import { FramingError, MessageFramer, readStartupPacket } from './frame-messages.ts'

describe('MessageFramer', () => {
  it('returns the same messages wherever the stream is cut', () => {
    const random = randomNumbers(7)
    for (let round = 0; round < 200; round += 1) {
      const messages = Array.from({ length: 1 + random(12) }, () =>
        buildMessage(
          65 + random(50),
          Buffer.alloc(random(4) === 0 ? random(5_000) : random(20), random(256)),
        ),
      )
      const stream = Buffer.concat(messages)
      const framer = new MessageFramer(1_000_000)
      const seen: Buffer[] = []
      for (let offset = 0; offset < stream.length; ) {
        const end = Math.min(stream.length, offset + 1 + random(round % 3 === 0 ? 4 : 700))
        for (const message of framer.push(stream.subarray(offset, end))) {
          expect(message.type).toBe(message.bytes[0])
          seen.push(message.bytes)
        }
        offset = end
      }
      expect(seen.map((bytes) => bytes.toString('hex'))).toEqual(
        messages.map((bytes) => bytes.toString('hex')),
      )
      expect(framer.pendingBytes).toBe(0)
    }
  })

  it('refuses impossible lengths', () => {
    expect(() => new MessageFramer(100).push(Buffer.from([81, 0, 0, 0, 3]))).toThrow(FramingError)
    expect(() => new MessageFramer(100).push(Buffer.from([81, 127, 255, 255, 255]))).toThrow(FramingError)
  })
})

describe('readStartupPacket', () => {
  const startup = (code: number, body = ''): Buffer => {
    const bytes = Buffer.alloc(8 + Buffer.byteLength(body))
    bytes.writeUInt32BE(bytes.length, 0)
    bytes.writeUInt32BE(code, 4)
    bytes.write(body, 8)
    return bytes
  }

  it('waits for the whole packet and keeps the bytes after it', () => {
    const packet = startup(196_608, 'user\0postgres\0database\0postgres\0\0')
    for (let length = 0; length < packet.length; length += 1) {
      expect(readStartupPacket(packet.subarray(0, length))).toBeNull()
    }
    const read = readStartupPacket(Buffer.concat([packet, Buffer.from('rest')]))
    expect(read?.rest.toString()).toBe('rest')
    expect(read?.packet).toEqual({
      kind: 'startup',
      minorVersion: 0,
      parameters: new Map([
        ['user', 'postgres'],
        ['database', 'postgres'],
      ]),
    })
  })

  it('reads encryption and cancel requests, and refuses other protocols', () => {
    expect(readStartupPacket(startup(80_877_103))?.packet).toEqual({ kind: 'encryption' })
    expect(readStartupPacket(startup(80_877_104))?.packet).toEqual({ kind: 'encryption' })
    expect(readStartupPacket(startup(80_877_102, '\0\0\0\x07\0\0\0\x09'))?.packet).toEqual({
      kind: 'cancel',
      connectionId: 7,
      cancelKey: 9,
    })
    expect(() => readStartupPacket(startup(80_877_102, '1234'))).toThrow(FramingError)
    expect(() => readStartupPacket(startup(131_072))).toThrow(FramingError)
    expect(() => readStartupPacket(Buffer.from('GET / HTTP/1.1\r\n'))).toThrow(FramingError)
  })
})
