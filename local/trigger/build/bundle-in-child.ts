import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { z } from 'zod'

import { bundleProject, indexBundle, loadProject } from './trigger-cli-internals.ts'

/*
 * The short-lived process that bundles and indexes the tasks. It keeps the bundler's memory and console
 * output out of the engine.
 */

const Order = z.object({
  projectDir: z.string(),
  destination: z.string(),
  target: z.enum(['dev', 'deploy']),
  environment: z.enum(['dev', 'prod']),
})

process.once('message', async (message) => {
  const order = Order.parse(message)
  try {
    const project = await loadProject(order.projectDir)
    await mkdir(order.destination, { recursive: true })
    const { manifest: build, inputs } = await bundleProject(project, order)
    const buildManifestPath = join(order.destination, 'build.json')
    await writeFile(buildManifestPath, JSON.stringify(build))
    const manifest = await indexBundle({
      build,
      buildManifestPath,
      cwd: order.projectDir,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        TRIGGER_SECRET_KEY: 'tr_dev_index',
        TRIGGER_API_URL: 'http://127.0.0.1:9',
      },
    })
    const answer = { ok: true, projectRef: project.project, dirs: project.dirs, inputs, manifest }
    process.send?.(answer, () => process.exit(0))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    process.send?.({ ok: false, reason }, () => process.exit(1))
  }
})
