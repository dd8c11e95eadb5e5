import { describe, expect, it } from 'vitest'
import { wavHeader } from '#harness/media/make-wav.ts'
import { findCafDuration, findWavDuration, hasFrameCount } from './expected-duration.ts'

describe('findWavDuration', () => {
  it('is computed from the sizes in the header', () => {
    expect(findWavDuration(wavHeader(32_000 * 5, 1, 16_000))).toBe(5000)
  })

  it.each([0, 0x7fff_f000, 0x7fff_ffff, 0xffff_ffff])(
    'is unknown when the recorder never finished the header (%i)',
    (size) => {
      const header = wavHeader(0, 1, 16_000)
      header.writeUInt32LE(size, 40)
      expect(findWavDuration(header)).toBeNull()
    },
  )

  it('is unknown for a truncated header', () => {
    for (let length = 0; length < 40; length += 1) {
      expect(findWavDuration(wavHeader(1000, 1, 16_000).subarray(0, length))).toBeNull()
    }
  })
})

it('findWavDuration reads the size of a file above 4 GB from its own chunk', () => {
  const hours = 32_000 * 3600 * 40
  const plain = wavHeader(0, 1, 16_000)
  plain.write('RF64', 0, 'latin1')
  plain.writeUInt32LE(0xffff_ffff, 40)
  const large = Buffer.alloc(8 + 28)
  large.write('ds64', 0, 'latin1')
  large.writeUInt32LE(28, 4)
  large.writeBigUInt64LE(BigInt(hours), 16)
  expect(findWavDuration(Buffer.concat([plain.subarray(0, 12), large, plain.subarray(12)]))).toBe(144_000_000)
  expect(findWavDuration(plain)).toBeNull()
})

describe('findCafDuration', () => {
  const head = (dataBytes: bigint) => {
    const bytes = Buffer.alloc(8 + 44 + 16)
    bytes.write('caff', 0, 'latin1')
    bytes.write('desc', 8, 'latin1')
    bytes.writeBigInt64BE(32n, 12)
    bytes.writeDoubleBE(16_000, 20)
    bytes.write('lpcm', 28, 'latin1')
    bytes.writeUInt32BE(2, 36)
    bytes.writeUInt32BE(1, 40)
    bytes.write('data', 52, 'latin1')
    bytes.writeBigInt64BE(dataBytes, 56)
    return bytes
  }

  it('is computed from the sizes in the header', () => {
    expect(findCafDuration(head(160_004n))).toBe(5000)
  })

  it('is unknown when the recorder never finished the header, and for a header that is cut', () => {
    expect(findCafDuration(head(-1n))).toBeNull()
    for (let length = 0; length < 64; length += 1)
      expect(findCafDuration(head(160_004n).subarray(0, length))).toBeNull()
  })
})

describe('hasFrameCount', () => {
  const frame = (name: string) =>
    Buffer.concat([
      Buffer.from([0xff, 0xfb, 0x90, 0x64]),
      Buffer.alloc(32),
      Buffer.from(name),
      Buffer.alloc(400),
    ])

  it.each(['Xing', 'Info', 'VBRI'])('finds a %s header', (name) => {
    expect(hasFrameCount(frame(name), () => Buffer.alloc(0))).toBe(true)
  })

  it('finds a header after a large tag', () => {
    const tag = Buffer.from('ID3\x03\0\0\0\0\x7f\x00', 'latin1')
    const file = Buffer.concat([tag, Buffer.alloc(0x7f * 128), frame('Xing')])
    expect(hasFrameCount(file.subarray(0, 4096), (size) => file.subarray(0, size))).toBe(true)
  })

  it('does not find one in a plain stream', () => {
    expect(hasFrameCount(frame('LAME'), () => Buffer.alloc(0))).toBe(false)
  })
})
