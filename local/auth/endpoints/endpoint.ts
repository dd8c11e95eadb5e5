import type { OutgoingHttpHeaders } from 'node:http'
import type { Caller } from '../../api-keys/identify-caller.ts'
import type { PathParameters } from '../../http/create-router.ts'
import type { AuthContext } from '../auth-context.ts'

export interface AuthRequest {
  params: PathParameters
  /** Parsed JSON, `{}` for an empty body. */
  body: unknown
  query: URLSearchParams
  caller: Caller
  ip: string
  userAgent: string | undefined
}

export interface AuthAnswer {
  status: number
  /** Absent for an answer without a body. */
  body?: unknown
  headers?: OutgoingHttpHeaders
}

/** Handles one route of the Auth protocol. Throws AuthError for every failure with a name in the protocol. */
export type Endpoint = (context: AuthContext, request: AuthRequest) => Promise<AuthAnswer>
