import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { WorkerManifest } from '@trigger.dev/core/v3/schemas'
import { z } from 'zod'

const Answer = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    projectRef: z.string(),
    dirs: z.array(z.string()),
    inputs: z.array(z.string()),
    manifest: z.unknown(),
  }),
  z.object({ ok: z.literal(false), reason: z.string() }),
])

export type TaskBundle = {
  projectRef: string
  dirs: string[]
  /** Files that went into the bundle, absolute or relative to the project. */
  inputs: string[]
  manifest: WorkerManifest
}

/**
 * Bundles and indexes a project's tasks into `destination`, in a separate process. Rejects with a readable
 * reason: a task that does not compile, a missing import, a duplicate id, a module that throws
 * while it is loaded.
 */
export async function bundleTasks(order: {
  projectDir: string
  destination: string
  target: 'dev' | 'deploy'
  environment: 'dev' | 'prod'
}): Promise<TaskBundle> {
  const child = fork(fileURLToPath(new URL('bundle-in-child.ts', import.meta.url)), {
    cwd: order.projectDir,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const printed: string[] = []
  child.stdout?.on('data', (data) => printed.push(String(data)))
  child.stderr?.on('data', (data) => printed.push(String(data)))
  return await new Promise((resolve, reject) => {
    child.once('message', (message) => {
      const answer = Answer.parse(message)
      if (!answer.ok) {
        reject(new Error(`${answer.reason}\n${errorLines(printed)}`.trim()))
        return
      }
      resolve({ ...answer, manifest: WorkerManifest.parse(answer.manifest) })
    })
    child.once('exit', (code, signal) => {
      reject(new Error(`Building the tasks stopped (${signal ?? code}).\n${printed.join('').slice(-4000)}`))
    })
    child.send(order)
  })
}

/** Returns only the lines about errors, because the bundler prints much more. */
function errorLines(printed: string[]): string {
  const lines = printed.join('').split('\n')
  return lines
    .filter((line) => /error|✘|cannot|could not|duplicate/i.test(line) && !line.includes('bundleSkills'))
    .slice(0, 20)
    .join('\n')
}
