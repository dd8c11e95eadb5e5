import { createHmac, timingSafeEqual } from 'node:crypto'

import { AppError } from '#lib/errors.ts'

const validForMs = 24 * 3_600_000

/**
 * Returns the packet name if it is valid: a path of folders and a file, as the SDK sends it. Throws bad_request for a
 * path that points outside its folder.
 */
export function checkPacketName(name: string): string {
  const parts = name.split('/')
  const valid = parts.every((part) => /^[\w.@=-]{1,200}$/.test(part) && part !== '.' && part !== '..')
  if (!valid || parts.length > 8 || name.length > 500) {
    throw new AppError('bad_request', 'This is not a packet name.')
  }
  return name
}

/** Returns a URL with which anyone can store or read one packet for a day. */
export function signPacketUrl(options: {
  apiUrl: string
  secretKey: string
  name: string
  verb: 'GET' | 'PUT'
  now: Date
}): string {
  const expires = String(options.now.getTime() + validForMs)
  const url = new URL(`/packets/${Buffer.from(options.name).toString('base64url')}`, options.apiUrl)
  url.searchParams.set('expires', expires)
  url.searchParams.set('signature', sign(options.secretKey, options.verb, options.name, expires))
  return url.href
}

/** Returns the packet's name if the URL was signed for this verb and has not expired. */
export function verifyPacketUrl(options: {
  secretKey: string
  url: URL
  verb: string
  now: Date
}): string | undefined {
  const encoded = options.url.pathname.slice('/packets/'.length)
  const name = Buffer.from(encoded, 'base64url').toString()
  const expires = options.url.searchParams.get('expires') ?? ''
  const given = Buffer.from(options.url.searchParams.get('signature') ?? '')
  const expected = Buffer.from(sign(options.secretKey, options.verb, name, expires))
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return
  if (!(Number(expires) > options.now.getTime())) return
  return checkPacketName(name)
}

function sign(secretKey: string, verb: string, name: string, expires: string): string {
  return createHmac('sha256', secretKey).update(`${verb}\n${name}\n${expires}`).digest('base64url')
}
