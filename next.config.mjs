/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` has looked at the types; a start on a small machine need not do it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    'pg',
    'node-av',
    'nodemailer',
    'prom-client',
    '@trigger.dev/sdk',
    '@trigger.dev/core',
  ],
}

export default config
