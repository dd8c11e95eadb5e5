import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PathParameters, Route } from '../../http/create-router.ts'

import type { Caller } from './authenticate.ts'
import type { Serving } from './serving.ts'

export type ApiRequest = {
  deps: Serving
  caller: Caller
  params: PathParameters
  url: URL
  raw: IncomingMessage
  response: ServerResponse
  /** The body as JSON; an empty body is undefined. */
  json(): Promise<unknown>
}

export type Answer = { status?: number; body: unknown; headers?: Record<string, string> } | 'sent'

/** `allows` lists scopes; a public token needs one of them. Without it only the secret key is accepted. */
export type ApiRoute = {
  method: Route<never>['method']
  path: string
  allows?: (params: PathParameters) => string[]
  handle(request: ApiRequest): Promise<Answer>
}
