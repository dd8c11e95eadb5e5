import type { OutgoingHttpHeaders } from 'node:http'
import type { Caller } from '../../gateway/identify-caller.ts'
import type { AuthContext } from '../auth-context.ts'

export interface AuthRequest {
  /** Parsed JSON, `{}` when there was none. */
  body: unknown
  query: URLSearchParams
  caller: Caller
  ip: string
  userAgent: string | undefined
}

export interface AuthAnswer {
  status: number
  /** Absent: an answer without a body. */
  body?: unknown
  headers?: OutgoingHttpHeaders
}

export type Endpoint = (context: AuthContext, request: AuthRequest) => Promise<AuthAnswer>
