import type { z } from 'zod'
import { type Actor, type Member, requireMember } from '#lib/auth/actor.ts'
import { resolveRequestActor } from '#lib/auth/resolve-request-actor.ts'
import type { Services } from '#lib/create-services.ts'
import type { Role } from '#lib/db/schema.ts'
import { parseInput, parseParams } from '#lib/http/parse-input.ts'
import { readQuery } from '#lib/http/read-address-query.ts'
import { readJson } from '#lib/http/read-json.ts'
import { renderError } from '#lib/http/render-error.ts'
import { type RouteContext, type RouteHandler, routeHandler } from '#lib/http/route-handler.ts'
import { markRequestIdentified } from '#lib/telemetry/identified-spans.ts'

type Access = 'public' | Role

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined

type RouteConfig<A extends Access, P, Q, B> = {
  access: A
  /** Refuses a session that was opened more than ten minutes ago. */
  recentSignIn?: boolean
  params?: P
  query?: Q
  body?: B
}

type RouteInput<A extends Access, P, Q, B> = {
  services: Services
  request: Request
  actor: A extends 'public' ? Actor | null : Actor
  /** The actor in their church; null on public routes. */
  member: A extends 'public' ? null : Member
  params: Parsed<P>
  query: Parsed<Q>
  body: Parsed<B>
}

/**
 * Creates the wrapper of route handlers. It identifies the caller (cookie session or bearer token), checks
 * their role, validates the input, and turns a result or an error into a response. A handler returns a
 * Response, or a value that is sent as JSON.
 */
export function createRoute(services: () => Services) {
  return function route<
    A extends Access,
    P extends z.ZodType | undefined = undefined,
    Q extends z.ZodType | undefined = undefined,
    B extends z.ZodType | undefined = undefined,
  >(
    config: RouteConfig<A, P, Q, B>,
    handle: (input: RouteInput<A, P, Q, B>) => Promise<unknown>,
  ): RouteHandler {
    const { params, query, body } = config
    return routeHandler(config.access, answer, {
      ...(config.recentSignIn && { recentSignIn: true }),
      ...(params && { params }),
      ...(query && { query }),
      ...(body && { body }),
    })

    async function answer(request: Request, context: RouteContext): Promise<Response> {
      const cookies: string[] = []
      let response: Response
      try {
        const actor = await resolveRequestActor(services(), request, (cookie) => cookies.push(cookie))
        if (actor) markRequestIdentified()
        const member =
          config.access === 'public'
            ? null
            : requireMember(actor, {
                role: config.access,
                recentSignIn: config.recentSignIn,
                ...churchOf(request),
              })
        const input = {
          services: services(),
          request,
          actor,
          member,
          params: config.params ? parseParams(config.params, await context.params) : undefined,
          query: config.query
            ? parseInput(config.query, readQuery(new URL(request.url).searchParams))
            : undefined,
          body: config.body ? parseInput(config.body, await readJson(request)) : undefined,
        } as RouteInput<A, P, Q, B>
        const result = await handle(input)
        response = result instanceof Response ? result : Response.json(result)
      } catch (error) {
        response = renderError(error)
      }
      if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store')
      for (const cookie of cookies) response.headers.append('set-cookie', cookie)
      return response
    }
  }
}

/** A member of several churches chooses one with `?church=`; the default is their first. */
function churchOf(request: Request): { churchId?: string } {
  const churchId = new URL(request.url).searchParams.get('church')
  return churchId ? { churchId } : {}
}
