import type { Role } from '#lib/db/schema.ts'

/**
 * Who may call a handler: everyone (`public`), members of a church from a role up, the browser that holds the
 * page (`same-origin`, for forms that change a session), or everyone without being identified (`open`).
 */
export type Access = 'public' | Role | 'same-origin' | 'open'

export type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> }

type Answer = (request: Request, context: RouteContext) => Promise<Response>

// Not exported, so that `routeHandler` is the only way to make one.
const access: unique symbol = Symbol('access')

/** A handler that checks the caller and renders its own errors. */
export type RouteHandler = Answer & { readonly [access]: Access }

/** Declares that `answer` checks its caller as `access` says and never throws. Used by the wrappers only. */
export function routeHandler(who: Access, answer: Answer): RouteHandler {
  return Object.assign((request: Request, context: RouteContext) => answer(request, context), {
    [access]: who,
  })
}
