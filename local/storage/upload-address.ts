/** The content of the URL of a resumable upload: the target and the version it creates. */
export interface UploadAddress {
  bucketId: string
  key: string
  version: string
}

const versionPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function encodeUploadAddress(address: UploadAddress): string {
  return Buffer.from(`${address.bucketId}/${address.key}/${address.version}`).toString('base64url')
}

/** Returns undefined when the text is not an address. Does not check whether the target exists. */
export function decodeUploadAddress(text: string): UploadAddress | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined
  const parts = Buffer.from(text, 'base64url').toString('utf8').split('/')
  const bucketId = parts.shift()
  const version = parts.pop()
  if (!bucketId || parts.length === 0 || !version || !versionPattern.test(version)) return undefined
  return { bucketId, key: parts.join('/'), version }
}
