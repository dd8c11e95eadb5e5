import findMyWay, { type HTTPMethod } from 'find-my-way'

/** One address of a service. `path` may have `:name` parameters and end with `*`. */
export interface Route<Target> {
  method: HTTPMethod
  path: string
  target: Target
}

/** The values of a path's parameters, percent-decoded. The part that a final `*` matched is named `*`. */
export type PathParameters = Record<string, string | undefined>

/** Longer than any identifier or object key that the local services accept, in characters. */
const maxParamLength = 4096

export type FindRoute<Target> = (
  method: string,
  path: string,
) => { target: Target; params: PathParameters } | 'malformed' | undefined

/**
 * Compiles a route table into a function that finds the route of a method and a path (without query,
 * still percent-encoded). It returns undefined when none matches, and `malformed` when the path is not percent-encoded
 * text. A HEAD request matches the GET routes.
 */
export function createRouter<Target>(
  routes: readonly Route<Target>[],
  options: { ignoreTrailingSlash?: boolean } = {},
): FindRoute<Target> {
  const router = findMyWay({ ...options, maxParamLength, onBadUrl: () => undefined })
  const methods = new Map<string, HTTPMethod>()
  for (const { method, path, target } of routes) {
    router.on(method, path, () => undefined, { target })
    methods.set(method, method)
  }
  return (method, path) => {
    const known = methods.get(method === 'HEAD' ? 'GET' : method)
    const found = known === undefined ? null : router.find(known, path)
    if (!found) return undefined
    const route: { target: Target } | null = found.store
    return route ? { target: route.target, params: found.params } : 'malformed'
  }
}
