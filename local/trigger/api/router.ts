import type { IncomingMessage, ServerResponse } from 'node:http'

import type { Caller } from './authenticate.ts'
import type { Serving } from './serving.ts'

export type ApiRequest = {
  deps: Serving
  caller: Caller
  params: Record<string, string>
  url: URL
  raw: IncomingMessage
  response: ServerResponse
  /** The body as JSON; an empty body is undefined. */
  json(): Promise<unknown>
}

export type Answer = { status?: number; body: unknown; headers?: Record<string, string> } | 'sent'

/** `allows` lists scopes; a public token needs one of them. Without it only the secret key is accepted. */
export type Route = {
  method: string
  path: string
  allows?: (params: Record<string, string>) => string[]
  handle(request: ApiRequest): Promise<Answer>
}

type Compiled = Route & { pattern: RegExp; names: string[] }

/** Finds the route of a method and path. Parameters are decoded once. */
export function createRouter(routes: Route[]) {
  const compiled: Compiled[] = routes.map((route) => {
    const names: string[] = []
    const source = route.path.replace(/:(\w+)/g, (_match, name: string) => {
      names.push(name)
      return '([^/]+)'
    })
    return { ...route, names, pattern: new RegExp(`^${source}/?$`) }
  })
  return (method: string, path: string): { route: Route; params: Record<string, string> } | undefined => {
    for (const route of compiled) {
      if (route.method !== method) continue
      const match = route.pattern.exec(path)
      if (!match) continue
      const params: Record<string, string> = {}
      route.names.forEach((name, index) => {
        params[name] = decodeURIComponent(match[index + 1] ?? '')
      })
      return { route, params }
    }
    return undefined
  }
}
