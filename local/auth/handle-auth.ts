import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import type { ServiceHandler } from '../gateway/create-front-door.ts'
import { identifyCaller, isSecretKeyInBrowser } from '../gateway/identify-caller.ts'
import { BodyError, readJsonBody } from '../gateway/read-json-body.ts'
import { sendJson } from '../gateway/send-json.ts'
import type { AuthContext } from './auth-context.ts'
import { AuthError } from './auth-error.ts'
import {
  adminCreateUser,
  adminDeleteUser,
  adminListUsers,
  adminReadUser,
  adminUpdateUser,
} from './endpoints/admin-users.ts'
import type { AuthAnswer, AuthRequest, Endpoint } from './endpoints/endpoint.ts'
import { exchangeToken } from './endpoints/exchange-token.ts'
import { generateLink } from './endpoints/generate-link.ts'
import { invite } from './endpoints/invite.ts'
import { recover, sendMagicLink } from './endpoints/send-link.ts'
import { signOut } from './endpoints/sign-out.ts'
import { signUp } from './endpoints/sign-up.ts'
import { readUser, updateUser } from './endpoints/user.ts'
import { followLink, verify } from './endpoints/verify.ts'

const apiVersion = { 'x-supabase-api-version': '2024-01-01' }
const cors = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'X-Total-Count, Link, X-Supabase-Api-Version',
}

const withKey: Record<string, Endpoint> = {
  'POST /signup': signUp,
  'POST /token': exchangeToken,
  'GET /user': readUser,
  'PUT /user': updateUser,
  'POST /logout': signOut,
  'POST /recover': recover,
  'POST /otp': sendMagicLink,
  'POST /magiclink': sendMagicLink,
}
const withSecretKey: Record<string, Endpoint> = {
  'POST /invite': invite,
  'POST /admin/generate_link': generateLink,
  'POST /admin/users': adminCreateUser,
  'GET /admin/users': adminListUsers,
}
const open: Record<string, Endpoint> = {
  'GET /verify': followLink,
  'POST /verify': verify,
  'GET /health': async () => ({
    status: 200,
    body: { name: 'Selah Auth', version: '1', description: 'Supabase Auth protocol on one machine' },
  }),
  'GET /settings': async (context) => ({
    status: 200,
    body: {
      external: { email: true, phone: false, anonymous_users: false },
      disable_signup: context.signUp === 'off',
      mailer_autoconfirm: context.signUp === 'open',
      phone_autoconfirm: false,
      sms_provider: '',
      saml_enabled: false,
    },
  }),
  'GET /.well-known/jwks.json': async (context) => ({
    status: 200,
    body: context.accessTokens.jwks,
    headers: { 'cache-control': 'public, max-age=600' },
  }),
}

/** Serves the Supabase Auth protocol below `/auth/v1`. */
export function handleAuth(context: AuthContext): ServiceHandler {
  return async (req, res, { path, query, client }) => {
    if (req.method === 'OPTIONS') {
      res.writeHead(204, {
        ...cors,
        'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
        'access-control-allow-headers':
          'authorization, apikey, content-type, x-client-info, x-supabase-api-version',
        'access-control-max-age': '86400',
      })
      res.end()
      return
    }
    try {
      const caller = identifyCaller(req, context.keys)
      if (isSecretKeyInBrowser(req, caller)) {
        throw new AuthError(401, 'no_authorization', 'Forbidden use of secret API key in browser')
      }
      const find = chooseEndpoint(
        `${req.method === 'HEAD' ? 'GET' : req.method} ${path.replace(/(.)\/$/, '$1')}`,
      )
      if (find.needs !== 'nothing' && caller.key === null) {
        throw new AuthError(401, 'no_authorization', 'No API key found in request')
      }
      if (find.needs === 'secret key' && caller.key !== 'service_role') {
        throw new AuthError(403, 'not_admin', 'User not allowed')
      }
      const body = req.method === 'GET' || req.method === 'HEAD' ? {} : await readJsonBody(req)
      const request: AuthRequest = {
        body,
        query,
        caller,
        ip: client.ip,
        userAgent: req.headers['user-agent'],
      }
      sendAnswer(res, await find.endpoint(context, request))
    } catch (error) {
      sendFailure(res, error)
    }
  }
}

function chooseEndpoint(route: string): { endpoint: Endpoint; needs: 'nothing' | 'key' | 'secret key' } {
  const openEndpoint = open[route]
  if (openEndpoint) return { endpoint: openEndpoint, needs: 'nothing' }
  const keyEndpoint = withKey[route]
  if (keyEndpoint) return { endpoint: keyEndpoint, needs: 'key' }
  const secretEndpoint = withSecretKey[route]
  if (secretEndpoint) return { endpoint: secretEndpoint, needs: 'secret key' }

  const admin = /^(GET|PUT|DELETE) \/admin\/users\/([^/]+)$/.exec(route)
  if (admin) {
    const endpoint: Endpoint = async (context, request) => {
      const id = z.uuid().safeParse(admin[2])
      if (!id.success) throw new AuthError(404, 'validation_failed', 'user_id must be an UUID')
      if (admin[1] === 'PUT') return adminUpdateUser(context, id.data, request)
      if (admin[1] === 'DELETE') return adminDeleteUser(context, id.data, request)
      return adminReadUser(context, id.data)
    }
    return { endpoint, needs: 'secret key' }
  }
  throw new AuthError(404, 'not_found', 'There is no such Auth endpoint')
}

function sendAnswer(res: ServerResponse, answer: AuthAnswer): void {
  if (answer.body === undefined) {
    res.writeHead(answer.status, { 'cache-control': 'no-store', ...apiVersion, ...cors, ...answer.headers })
    res.end()
    return
  }
  sendJson(res, answer.status, answer.body, { ...apiVersion, ...cors, ...answer.headers })
}

function sendFailure(res: ServerResponse, error: unknown): void {
  const failure =
    error instanceof BodyError
      ? new AuthError(error.status, error.status === 413 ? 'request_too_large' : 'bad_json', error.message)
      : error
  if (!(failure instanceof AuthError)) throw failure
  sendJson(
    res,
    failure.status,
    { code: failure.code, message: failure.message, ...failure.extra },
    { ...apiVersion, ...cors, 'x-sb-error-code': failure.code },
  )
}
