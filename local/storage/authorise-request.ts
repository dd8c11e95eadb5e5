import type { IncomingMessage } from 'node:http'
import { identifyCaller, isSecretKeyInBrowser } from '../api-keys/identify-caller.ts'
import type { UploadRights } from './resumable-uploads.ts'
import type { StorageContext } from './storage-context.ts'
import { StorageError, writeDenied } from './storage-error.ts'

/**
 * True for the secret key, false for the publishable key or a valid user session. Throws StorageError
 * `AccessDenied` or `InvalidRequest` for every other caller.
 */
export async function hasServiceRole(context: StorageContext, req: IncomingMessage): Promise<boolean> {
  const caller = identifyCaller(req, context.keys)
  if (isSecretKeyInBrowser(req, caller)) {
    throw new StorageError('AccessDenied', 'Forbidden use of secret API key in browser')
  }
  if (caller.userToken !== undefined) {
    await context.checkUserToken(caller.userToken).catch(() => {
      throw new StorageError('AccessDenied', 'jwt malformed or expired')
    })
    return false
  }
  if (caller.key === null) {
    throw new StorageError('InvalidRequest', "headers must have required property 'authorization'")
  }
  return caller.key === 'service_role'
}

/**
 * Returns what one request of a resumable upload may do; called again for every chunk. `path` is the part after
 * `/upload/resumable`. Throws StorageError.
 */
export async function authoriseUpload(
  context: StorageContext,
  req: IncomingMessage,
  path: string,
): Promise<UploadRights> {
  if (req.method === 'GET') throw new StorageError('NotFound', 'Not found')
  const isSigned = path === '/sign' || path.startsWith('/sign/')
  const mount = `/storage/v1/upload/resumable${isSigned ? '/sign' : ''}`
  if (req.method === 'OPTIONS') return { mount, onlyUrl: '', issuedAtMs: undefined, upsert: false }
  if (!isSigned) {
    if (!(await hasServiceRole(context, req))) throw writeDenied()
    return { mount, onlyUrl: undefined, issuedAtMs: undefined, upsert: req.headers['x-upsert'] === 'true' }
  }
  const signature = req.headers['x-signature']
  if (typeof signature !== 'string') throw new StorageError('InvalidSignature', 'Missing x-signature header')
  const right = await context.tokens.verify(signature, { scope: 'upload' }).catch((error: unknown) => {
    throw error instanceof StorageError ? new StorageError('InvalidSignature', 'Invalid signature') : error
  })
  return { mount, onlyUrl: right.url, issuedAtMs: right.issuedAtMs, upsert: right.upsert }
}
