import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const ivBytes = 12
const tagBytes = 16

/** Encrypts a secret for the database with a key of the installation. Returns base 64. */
export function sealSecret(secret: Buffer, { installationKey }: { installationKey: string }): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', keyOf(installationKey), iv)
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')
}

/** The secret again, or null when it was sealed with another key or changed. */
export function openSecret(sealed: string, { installationKey }: { installationKey: string }): Buffer | null {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', keyOf(installationKey), bytes.subarray(0, ivBytes))
  try {
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()])
  } catch {
    return null
  }
}

function keyOf(installationKey: string): Buffer {
  return Buffer.from(hkdfSync('sha256', installationKey, '', 'selah second factor', 32))
}
