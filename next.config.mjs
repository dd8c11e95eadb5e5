// Pages have a policy with a nonce, which proxy.ts sets in place of this one (lib/http/content-security-policy.ts).
// This one is for everything else: answers of the API, files, and the scripts of workers.
const contentSecurityPolicy = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const everywhere = [
  { key: 'x-content-type-options', value: 'nosniff' },
  { key: 'referrer-policy', value: 'strict-origin-when-cross-origin' },
]

const exceptInFrames = [
  // Hot reload evaluates code, which nothing that is built needs to.
  ...(process.env.NODE_ENV === 'development'
    ? []
    : [{ key: 'content-security-policy', value: contentSecurityPolicy }]),
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'permissions-policy', value: 'camera=(), microphone=(), geolocation=()' },
]

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  headers: async () => [
    { source: '/:path*', headers: everywhere },
    { source: '/((?!embed/).*)', headers: exceptInFrames },
  ],
  // `npm run check` has checked the types; a start on a small machine need not check them again.
  typescript: { ignoreBuildErrors: true },
  // Nothing here needs the framework's converter of images, and its address would let anyone make it work and fill the disk.
  images: { unoptimized: true },
  // Titles are in the head of every answer, also for readers without JavaScript.
  htmlLimitedBots: /.*/,
  // The proxy rewrites to pages of this server, which listens on 127.0.0.1. With a normalised address, `localhost`, the
  // framework would take it for another server and send a second request.
  skipProxyUrlNormalize: true,
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
