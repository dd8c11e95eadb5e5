import { expect, test } from 'vitest'
import { decodeUploadAddress, encodeUploadAddress } from './upload-address.ts'

const version = '6f1e6a62-9f0a-4b39-8f66-111111111111'

test('an encoded address is decoded to the same address', () => {
  const address = { bucketId: 'originals', key: 'a/b c.mp3', version }
  expect(decodeUploadAddress(encodeUploadAddress(address))).toEqual(address)
})

test.each(['', '../x', 'a/b/../../etc/passwd', `a/b/${version}/../x`, `a/${version}`, 'a/b/c'])(
  'a text that does not end in a version is not an address: %s',
  (text) => {
    expect(decodeUploadAddress(Buffer.from(text).toString('base64url'))).toBeUndefined()
    expect(decodeUploadAddress(text)).toBeUndefined()
  },
)
