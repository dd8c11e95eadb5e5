import { additionalFiles } from '@trigger.dev/build/extensions/core'
import { defineConfig } from '@trigger.dev/sdk'
import { taskTelemetry } from '#lib/telemetry/task-telemetry.ts'

export default defineConfig({
  project: 'proj_selah',
  dirs: ['./trigger'],
  runtime: 'node-22',
  maxDuration: 3600,
  retries: {
    enabledInDev: true,
    default: {
      maxAttempts: 5,
      factor: 2,
      minTimeoutInMs: 1000,
      maxTimeoutInMs: 60_000,
      randomize: true,
      // The engine treats a killed process as one that lacked memory, and retries such a run only when a larger
      // machine is named. Without this, a run ends after a `kill -9` of its worker.
      outOfMemory: { machine: 'medium-1x' },
    },
  },
  processKeepAlive: { enabled: true, maxExecutionsPerProcess: 50 },
  telemetry: taskTelemetry({
    // Not lib/env.ts: this file is also read where the product's variables are not set.
    databaseUrl: process.env.DATABASE_URL,
    otlpEndpoint: process.env.OTEL_EXPORTER_OTLP_ENDPOINT,
  }),
  build: {
    external: ['node-av', 'pg', 'music-metadata', 'onnxruntime-node', 'sharp', 'fontkit', 'sherpa-onnx-node'],
    extensions: [
      // The media child and the speech child are separate processes that run these files; the index step reads the word meanings; the cover of
      // a podcast file is drawn with the serif.
      additionalFiles({
        files: [
          './lib/media/child/**',
          './lib/transcripts/child/**',
          './lib/search/data/**',
          './node_modules/@fontsource-variable/source-serif-4/files/*-wght-normal.woff2',
        ],
      }),
    ],
  },
})
