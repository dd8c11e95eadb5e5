/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
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
