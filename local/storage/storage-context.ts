import type { Pool } from 'pg'
import type { ApiKeys } from '../gateway/identify-caller.ts'
import type { ObjectFiles } from './object-files.ts'
import type { RememberedObjects } from './remember-objects.ts'
import type { SignedTokens } from './signed-tokens.ts'

export interface StorageContext {
  pool: Pool
  keys: ApiKeys
  files: ObjectFiles
  objects: RememberedObjects
  tokens: SignedTokens
  /** Resolves for a live access token of a user, rejects for anything else. */
  checkUserToken: (token: string) => Promise<unknown>
  /** Above this no bucket takes anything. */
  maxObjectBytes: number
}
