import { expect, it } from 'vitest'
import { networkOf, readClientKey, siteOf } from './client-key.ts'

const keyOf = (forwardedFor: string) => readClientKey(new Headers({ 'x-forwarded-for': forwardedFor }))

it('uses only the last address, which the gateway added', () => {
  expect(keyOf('6.6.6.6, 203.0.113.9')).toEqual({ key: '203.0.113.9', isShared: false })
})

it('treats a whole IPv6 network as one client, in any spelling of its addresses', () => {
  const one = keyOf('2001:db8:1:2:aaaa::1').key
  for (const same of ['2001:db8:1:2::', '2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::1.2.3.4']) {
    expect(keyOf(same)).toEqual({ key: one, isShared: false })
  }
  for (const other of ['2001:db8:1:3::1', '2001:db8::1', '::1']) expect(keyOf(other).key).not.toBe(one)
})

it.each([
  ['203.0.113.9:41234', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['0:0:0:0:0:FFFF:cb00:7109', '203.0.113.9'],
  ['[2001:db8:1:2::1]:443', '2001:db8:1:2'],
  ['2001:db8::1%eth0', '2001:db8:0:0'],
])('reads %s as %s', (written, key) => expect(keyOf(written)).toEqual({ key, isShared: false }))

it.each([
  '127.0.0.1',
  '10.1.2.3',
  '100.64.0.1',
  '::ffff:10.1.2.3',
  '172.17.0.1',
  '192.168.1.20',
  '::1',
  'fd00::1',
  'fe80::1',
  '',
  'nonsense',
])('reports that many clients may share %j', (address) => expect(keyOf(address).isShared).toBe(true))

it('knows the network of an address, and returns what is none as it is', () => {
  expect(['203.0.113.9:80', '2001:db8::1', '::1', '', 'nonsense'].map(networkOf)).toEqual([
    '203.0.113.9',
    '2001:db8:0:0',
    '0:0:0:0',
    '',
    'nonsense',
  ])
})

it('takes the networks of one IPv6 site together', () => {
  expect(siteOf(keyOf('2001:db8:1:2::1').key)).toBe(siteOf(keyOf('2001:db8:1:ffff::9').key))
  expect(siteOf(keyOf('2001:db8:1:2::1').key)).not.toBe(siteOf(keyOf('2001:db8:2:2::1').key))
  expect(siteOf(keyOf('203.0.113.9').key)).toBe('203.0.113.9')
})
