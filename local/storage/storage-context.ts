import type { Pool } from 'pg'
import type { ApiKeys } from '../api-keys/identify-caller.ts'
import type { DiskSpace } from './disk-space.ts'
import type { ObjectCache } from './object-cache.ts'
import type { ObjectFiles } from './object-files.ts'
import type { SignedTokens } from './signed-tokens.ts'

export interface StorageContext {
  pool: Pool
  keys: ApiKeys
  files: ObjectFiles
  disk: DiskSpace
  objects: ObjectCache
  tokens: SignedTokens
  /** Resolves for a valid access token of a user; rejects for anything else. */
  checkUserToken: (token: string) => Promise<unknown>
  /** The largest object that any bucket accepts. */
  maxObjectBytes: number
}
