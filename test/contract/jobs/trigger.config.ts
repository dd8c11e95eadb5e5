import { defineConfig } from '@trigger.dev/sdk'

export default defineConfig({
  project: 'selah-contract',
  runtime: 'node-24',
  dirs: ['./trigger'],
  maxDuration: 120,
  retries: {
    enabledInDev: true,
    default: { maxAttempts: 1 },
  },
  build: { external: ['pg'] },
})
