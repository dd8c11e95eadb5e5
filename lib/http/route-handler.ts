import type { z } from 'zod'
import type { Role } from '#lib/db/schema.ts'

/**
 * Who may call a handler: everyone (`public`), members of a church from a role up, pages of this site only
 * (`same-origin`, for forms that change a session), or everyone without being identified (`open`).
 */
export type Access = 'public' | Role | 'same-origin' | 'open'

export type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> }

/** What a handler demands: schemas that its input must fit, and for some steps a recent sign-in. */
export type RouteInputs = {
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  recentSignIn?: boolean
}

type Answer = (request: Request, context: RouteContext) => Promise<Response>

// Not exported, so that only `routeHandler` can create a handler.
const access: unique symbol = Symbol('access')
const inputs: unique symbol = Symbol('inputs')

/** A handler that checks the caller and renders its own errors. */
export type RouteHandler = Answer & { readonly [access]: Access; readonly [inputs]: RouteInputs }

/**
 * Declares that `answer` checks its caller as `who` says, validates its input with `schemas` and never throws. Used
 * by the wrappers only.
 */
export function routeHandler(who: Access, answer: Answer, schemas: RouteInputs = {}): RouteHandler {
  return Object.assign((request: Request, context: RouteContext) => answer(request, context), {
    [access]: who,
    [inputs]: schemas,
  })
}

/** Reads who may call the handler, and the schemas of its input. */
export function describeHandler(handler: RouteHandler): { access: Access; inputs: RouteInputs } {
  return { access: handler[access], inputs: handler[inputs] }
}
