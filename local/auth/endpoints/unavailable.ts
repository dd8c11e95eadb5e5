import { AuthError } from '../auth-error.ts'
import type { Endpoint } from './endpoint.ts'

const refuse =
  (status: number, code: string, message: string): Endpoint =>
  async () => {
    throw new AuthError(status, code, message)
  }

/** POST /factors: second factors are not available. */
export const refuseFactors = refuse(422, 'mfa_totp_enroll_not_enabled', 'MFA enroll is disabled for TOTP')

/** POST /sso */
export const refuseSingleSignOn = refuse(404, 'saml_provider_disabled', 'SAML 2.0 is disabled')

/** GET /user/identities/authorize, DELETE /user/identities/:id */
export const refuseLinking = refuse(404, 'manual_linking_disabled', 'Manual linking is disabled')

/** GET /authorize: sign-in with another provider is not available. */
export const refuseProvider = refuse(
  400,
  'validation_failed',
  'Unsupported provider: provider is not enabled',
)
