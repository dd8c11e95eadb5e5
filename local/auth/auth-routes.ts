import { createRouter } from '../http/create-router.ts'
import {
  adminCreateUser,
  adminDeleteUser,
  adminListUsers,
  adminReadUser,
  adminUpdateUser,
} from './endpoints/admin-users.ts'
import type { Endpoint } from './endpoints/endpoint.ts'
import { exchangeToken } from './endpoints/exchange-token.ts'
import { generateLink } from './endpoints/generate-link.ts'
import { invite } from './endpoints/invite.ts'
import { reauthenticate } from './endpoints/reauthenticate.ts'
import { resend } from './endpoints/resend.ts'
import { recover, sendMagicLink } from './endpoints/send-link.ts'
import { readHealth, readKeySet, readSettings } from './endpoints/service-info.ts'
import { signOut } from './endpoints/sign-out.ts'
import { signUp } from './endpoints/sign-up.ts'
import { refuseFactors, refuseLinking, refuseProvider, refuseSingleSignOn } from './endpoints/unavailable.ts'
import { readUser, updateUser } from './endpoints/user.ts'
import { followLink, verify } from './endpoints/verify.ts'

interface AuthRoute {
  /** The API key that a caller must send; with `key`, either one. */
  needs: 'nothing' | 'key' | 'secret key'
  endpoint: Endpoint
}

const open = (endpoint: Endpoint): AuthRoute => ({ needs: 'nothing', endpoint })
const withKey = (endpoint: Endpoint): AuthRoute => ({ needs: 'key', endpoint })
const withSecretKey = (endpoint: Endpoint): AuthRoute => ({ needs: 'secret key', endpoint })

/** Returns the route of a method and a path below `/auth/v1`, or undefined. */
export const findAuthRoute = createRouter<AuthRoute>(
  [
    { method: 'GET', path: '/health', target: open(readHealth) },
    { method: 'GET', path: '/settings', target: open(readSettings) },
    { method: 'GET', path: '/.well-known/jwks.json', target: open(readKeySet) },
    { method: 'GET', path: '/verify', target: open(followLink) },
    { method: 'POST', path: '/verify', target: open(verify) },
    { method: 'POST', path: '/signup', target: withKey(signUp) },
    { method: 'POST', path: '/token', target: withKey(exchangeToken) },
    { method: 'GET', path: '/user', target: withKey(readUser) },
    { method: 'PUT', path: '/user', target: withKey(updateUser) },
    { method: 'POST', path: '/logout', target: withKey(signOut) },
    { method: 'POST', path: '/recover', target: withKey(recover) },
    { method: 'POST', path: '/resend', target: withKey(resend) },
    { method: 'GET', path: '/reauthenticate', target: withKey(reauthenticate) },
    { method: 'POST', path: '/otp', target: withKey(sendMagicLink) },
    { method: 'POST', path: '/magiclink', target: withKey(sendMagicLink) },
    { method: 'POST', path: '/factors', target: withKey(refuseFactors) },
    { method: 'POST', path: '/sso', target: withKey(refuseSingleSignOn) },
    { method: 'GET', path: '/authorize', target: open(refuseProvider) },
    { method: 'GET', path: '/user/identities/authorize', target: withKey(refuseLinking) },
    { method: 'DELETE', path: '/user/identities/:id', target: withKey(refuseLinking) },
    { method: 'POST', path: '/invite', target: withSecretKey(invite) },
    { method: 'POST', path: '/admin/generate_link', target: withSecretKey(generateLink) },
    { method: 'POST', path: '/admin/users', target: withSecretKey(adminCreateUser) },
    { method: 'GET', path: '/admin/users', target: withSecretKey(adminListUsers) },
    { method: 'GET', path: '/admin/users/:id', target: withSecretKey(adminReadUser) },
    { method: 'PUT', path: '/admin/users/:id', target: withSecretKey(adminUpdateUser) },
    { method: 'DELETE', path: '/admin/users/:id', target: withSecretKey(adminDeleteUser) },
  ],
  { ignoreTrailingSlash: true },
)
