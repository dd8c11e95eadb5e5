import { expect, test } from 'vitest'
import { decodeUploadAddress, encodeUploadAddress } from './upload-address.ts'

const version = '6f1e6a62-9f0a-4b39-8f66-111111111111'

test('an address survives its own URL', () => {
  const address = { bucketId: 'originals', key: 'a/b c.mp3', version }
  expect(decodeUploadAddress(encodeUploadAddress(address))).toEqual(address)
})

test.each(['', '../x', 'a/b/../../etc/passwd', `a/b/${version}/../x`, `a/${version}`, 'a/b/c'])(
  'what does not end in a version is no address: %s',
  (text) => {
    expect(decodeUploadAddress(Buffer.from(text).toString('base64url'))).toBeUndefined()
    expect(decodeUploadAddress(text)).toBeUndefined()
  },
)
