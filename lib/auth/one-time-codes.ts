import { createHmac, randomBytes } from 'node:crypto'

/** RFC 6238 with what every authenticator app takes for granted: SHA-1, six digits, thirty seconds. */
const stepMs = 30_000
const digits = 6
/** A clock may be off by one step. */
const tolerance = [0, -1, 1]
/** RFC 4648. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A new key for an authenticator app: 160 random bits. */
export function generateCodeKey(): Buffer {
  return randomBytes(20)
}

/** The key as people type it into an app, in base 32. */
export function writeCodeKey(key: Buffer): string {
  const bits = [...key].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{5}/g) ?? []
  return groups.map((group) => alphabet[Number.parseInt(group, 2)]).join('')
}

/** The address that opens an authenticator app and adds the account to it. */
export function addressOfCodeKey(
  key: Buffer,
  { issuer, account }: { issuer: string; account: string },
): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${writeCodeKey(key)}&issuer=${encodeURIComponent(issuer)}`
}

/** The code of a time step. */
export function codeOfStep(key: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = digest.readUInt8(digest.length - 1) & 15
  const number = digest.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** The time step that a code belongs to, now or one step away, or null. */
export function findStepOfCode(key: Buffer, code: string, nowMs: number): number | null {
  const now = Math.floor(nowMs / stepMs)
  return tolerance.map((away) => now + away).find((step) => codeOfStep(key, step) === code) ?? null
}
