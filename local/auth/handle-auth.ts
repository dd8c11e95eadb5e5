import type { ServerResponse } from 'node:http'
import { identifyCaller, isSecretKeyInBrowser } from '../api-keys/identify-caller.ts'
import { drainRequest } from '../http/drain-request.ts'
import { BodyError, readJsonBody } from '../http/read-json-body.ts'
import { sendJson } from '../http/send-json.ts'
import type { ServiceHandler } from '../http/service-handler.ts'
import type { AuthContext } from './auth-context.ts'
import { AuthError } from './auth-error.ts'
import { findAuthRoute } from './auth-routes.ts'
import type { AuthAnswer } from './endpoints/endpoint.ts'

const apiVersion = { 'x-supabase-api-version': '2024-01-01' }
const cors = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'X-Total-Count, Link, X-Supabase-Api-Version',
}

/** Serves the Supabase Auth protocol below `/auth/v1`. */
export function handleAuth(context: AuthContext): ServiceHandler {
  return async (req, res, { path, query, client }) => {
    if (req.method === 'OPTIONS') {
      sendPreflight(res)
      return
    }
    try {
      const caller = identifyCaller(req, context.keys)
      if (isSecretKeyInBrowser(req, caller)) {
        throw new AuthError(401, 'no_authorization', 'Forbidden use of secret API key in browser')
      }
      const found = findAuthRoute(req.method ?? 'GET', path)
      if (found === 'malformed') {
        throw new AuthError(400, 'validation_failed', 'The address is not well-formed')
      }
      if (!found) throw new AuthError(404, 'not_found', 'There is no such Auth endpoint')
      const { needs, endpoint } = found.target
      if (needs !== 'nothing' && caller.key === null) {
        throw new AuthError(401, 'no_authorization', 'No API key found in request')
      }
      if (needs === 'secret key' && caller.key !== 'service_role') {
        throw new AuthError(403, 'not_admin', 'User not allowed')
      }
      const hasBody = req.method !== 'GET' && req.method !== 'HEAD'
      const answer = await endpoint(context, {
        params: found.params,
        body: hasBody ? ((await readJsonBody(req)) ?? {}) : {},
        query,
        caller,
        ip: client.ip,
        userAgent: req.headers['user-agent'],
      })
      sendAnswer(res, answer)
    } catch (error) {
      sendFailure(res, error)
      drainRequest(req)
    }
  }
}

function sendPreflight(res: ServerResponse): void {
  res.writeHead(204, {
    ...cors,
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers':
      'authorization, apikey, content-type, x-client-info, x-supabase-api-version',
    'access-control-max-age': '86400',
  })
  res.end()
}

function sendAnswer(res: ServerResponse, answer: AuthAnswer): void {
  if (answer.body === undefined) {
    res.writeHead(answer.status, { 'cache-control': 'no-store', ...apiVersion, ...cors, ...answer.headers })
    res.end()
    return
  }
  sendJson(res, answer.status, answer.body, { ...apiVersion, ...cors, ...answer.headers })
}

/** Answers an AuthError; rethrows any other error. */
function sendFailure(res: ServerResponse, error: unknown): void {
  const failure =
    error instanceof BodyError
      ? new AuthError(error.status, error.status === 413 ? 'request_too_large' : 'bad_json', error.message)
      : error
  if (!(failure instanceof AuthError)) throw failure
  if (res.destroyed) return
  sendJson(
    res,
    failure.status,
    { code: failure.code, message: failure.message, ...failure.extra },
    { ...apiVersion, ...cors, 'x-sb-error-code': failure.code },
  )
}
