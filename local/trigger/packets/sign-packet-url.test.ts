import { expect, it } from 'vitest'

import { checkPacketName, signPacketUrl, verifyPacketUrl } from './sign-packet-url.ts'

const secretKey = 'tr_dev_secret'
const now = new Date('2026-01-01T00:00:00Z')
const name = 'run_1-1/output.json'
const signed = () =>
  new URL(signPacketUrl({ apiUrl: 'http://127.0.0.1:1', secretKey, name, verb: 'GET', now }))

it('a signed URL gives access to its packet', () => {
  expect(verifyPacketUrl({ secretKey, url: signed(), verb: 'GET', now })).toBe(name)
})

it('a signed URL gives no access with another verb, key or name, or after a day', () => {
  const later = new Date(now.getTime() + 25 * 3_600_000)
  const other = signed()
  other.pathname = `/packets/${Buffer.from('run_2-1/output.json').toString('base64url')}`
  expect(verifyPacketUrl({ secretKey, url: signed(), verb: 'PUT', now })).toBeUndefined()
  expect(verifyPacketUrl({ secretKey: 'tr_dev_other', url: signed(), verb: 'GET', now })).toBeUndefined()
  expect(verifyPacketUrl({ secretKey, url: other, verb: 'GET', now })).toBeUndefined()
  expect(verifyPacketUrl({ secretKey, url: signed(), verb: 'GET', now: later })).toBeUndefined()
})

it('refuses packet names that point outside their folder', () => {
  for (const bad of ['../secret', 'a/../../b', '/etc/passwd', 'a//b', 'a\0b', '.']) {
    expect(() => checkPacketName(bad)).toThrow(/not a packet name/)
  }
  expect(checkPacketName('trigger/packet_abc/payload.json')).toBe('trigger/packet_abc/payload.json')
})
