import type { Endpoint } from './endpoint.ts'

/** GET /health */
export const readHealth: Endpoint = async () => ({
  status: 200,
  body: { name: 'Selah Auth', version: '1', description: 'Supabase Auth protocol on one machine' },
})

/** GET /settings: which ways to sign in and sign up are available. */
export const readSettings: Endpoint = async (context) => ({
  status: 200,
  body: {
    external: { email: true, phone: false, anonymous_users: false },
    disable_signup: context.signUp === 'off',
    mailer_autoconfirm: context.signUp === 'open',
    phone_autoconfirm: false,
    sms_provider: '',
    saml_enabled: false,
  },
})

/** GET /.well-known/jwks.json: the public keys of access tokens. */
export const readKeySet: Endpoint = async (context) => ({
  status: 200,
  body: context.accessTokens.jwks,
  headers: { 'cache-control': 'public, max-age=600' },
})
