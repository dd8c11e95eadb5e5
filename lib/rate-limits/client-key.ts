import { BlockList, isIP, isIPv6 } from 'node:net'

/** Private addresses, which may be shared by many clients: that of a proxy near the server. */
const shared = new BlockList()
shared.addSubnet('127.0.0.0', 8)
shared.addSubnet('10.0.0.0', 8)
shared.addSubnet('100.64.0.0', 10)
shared.addSubnet('172.16.0.0', 12)
shared.addSubnet('192.168.0.0', 16)
shared.addAddress('::1', 'ipv6')
shared.addSubnet('fc00::', 7, 'ipv6')
shared.addSubnet('fe80::', 10, 'ipv6')

/**
 * Identifies a client for rate limits by its address. The gateway appends the address it saw, so only the last
 * entry cannot be chosen by the client. `isShared` if many clients may share the address.
 */
export function readClientKey(headers: Headers): { key: string; isShared: boolean } {
  const address = canonicalAddress(headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '')
  if (isIP(address) === 0) return { key: 'unknown', isShared: true }
  return {
    key: networkOf(address),
    isShared: shared.check(address, isIPv6(address) ? 'ipv6' : 'ipv4'),
  }
}

/** One spelling of an address, without the port that some proxies add; IPv4 addresses in IPv6 form become IPv4. */
function canonicalAddress(written: string): string {
  const [, bracketed] = /^\[(.*)\](?::\d+)?$/.exec(written) ?? []
  const address = bracketed ?? written.replace(/^([\d.]+):\d+$/, '$1')
  if (!isIPv6(address)) return address
  const [withoutZone = ''] = address.split('%')
  const canonical = new URL(`http://[${withoutZone}]`).hostname.slice(1, -1)
  const [, high, low] = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(canonical) ?? []
  if (!high || !low) return canonical
  return [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join('.')
}

/**
 * What one subscriber cannot leave: an IPv4 address, or the first half of an IPv6 address, of which they can choose any second half.
 * Anything that is no address is returned as it is.
 */
export function networkOf(written: string): string {
  const canonical = canonicalAddress(written)
  if (!isIPv6(canonical)) return canonical
  const [head = '', tail = ''] = canonical.split('::')
  const groupsOf = (part: string) => (part ? part.split(':') : [])
  const missing = canonical.includes('::') ? 8 - groupsOf(head).length - groupsOf(tail).length : 0
  const groups = [...groupsOf(head), ...Array.from({ length: missing }, () => '0'), ...groupsOf(tail)]
  return groups.slice(0, 4).join(':')
}

/**
 * The network of a site around that of a client (`key` of `readClientKey`): a site gets 65,536 networks of IPv6, and one person
 * can use them all.
 */
export function siteOf(key: string): string {
  return key.includes(':') ? key.split(':').slice(0, 3).join(':') : key
}
