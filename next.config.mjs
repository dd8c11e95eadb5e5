// Scripts run from here alone; inline ones are the framework's own. What media and fetch may reach is
// left open, because the storage server's address is known only where the app runs.
const contentSecurityPolicy = [
  "script-src 'self' 'unsafe-inline'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const securityHeaders = [
  // Hot reload evaluates code, which nothing that is built needs to.
  ...(process.env.NODE_ENV === 'development'
    ? []
    : [{ key: 'content-security-policy', value: contentSecurityPolicy }]),
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'referrer-policy', value: 'strict-origin-when-cross-origin' },
  { key: 'permissions-policy', value: 'camera=(), microphone=(), geolocation=()' },
]

// A sermon that another site shows in a frame: no script, and nothing that a click there could change.
const embedHeaders = [
  {
    key: 'content-security-policy',
    value: [
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      "img-src 'self'",
      'media-src *',
      "base-uri 'none'",
      "form-action 'none'",
      'frame-ancestors *',
    ].join('; '),
  },
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'referrer-policy', value: 'strict-origin-when-cross-origin' },
]

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  headers: async () => [
    { source: '/((?!embed/).*)', headers: securityHeaders },
    { source: '/embed/:path*', headers: embedHeaders },
  ],
  // `npm run check` has checked the types; a start on a small machine need not check them again.
  typescript: { ignoreBuildErrors: true },
  // Titles are in the head of every answer, also for readers without JavaScript.
  htmlLimitedBots: /.*/,
  // A manuscript is sent by a form: as long as `MAX_TEXT_BYTES`, and what the form adds.
  experimental: { serverActions: { bodySizeLimit: '6mb' } },
  // Messages are parsed on the server (lib/messages/compile-messages.ts), so that browsers load no parser.
  turbopack: { resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' } },
  serverExternalPackages: [
    'pg',
    'fontkit',
    'sharp',
    'node-av',
    'onnxruntime-node',
    'nodemailer',
    'prom-client',
    '@trigger.dev/sdk',
    '@trigger.dev/core',
  ],
}

export default config
