import { StorageError } from './storage-error.ts'

const allowed = /^[A-Za-z0-9_/!.*'() &$=@;:+,?-]+$/
const bucketName = /^[A-Za-z0-9_!.*'()&$=@;:+,?-][A-Za-z0-9_!.*'() &$=@;:+,?-]{0,99}$/

/**
 * Returns the key if it is valid; throws StorageError `InvalidKey` otherwise. Keys are table columns and never file
 * names here. Dot segments are refused because they could be file names in the next system.
 */
export function checkKey(key: string): string {
  const segments = key.split('/')
  if (
    key.length > 1024 ||
    !allowed.test(key) ||
    segments.some((segment) => segment === '' || segment === '.' || segment === '..')
  ) {
    throw invalidKey(key)
  }
  return key
}

/** Returns the bucket name if it is valid. Throws StorageError `InvalidBucketName`. */
export function checkBucketName(name: string): string {
  if (!bucketName.test(name) || name.endsWith(' ') || name === '.' || name === '..') {
    throw new StorageError('InvalidBucketName', 'Bucket name invalid')
  }
  return name
}

function invalidKey(key: string): StorageError {
  return new StorageError('InvalidKey', `Invalid key: ${key.slice(0, 200)}`)
}
