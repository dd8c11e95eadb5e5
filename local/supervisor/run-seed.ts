import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Terminal } from './create-terminal.ts'
import type { ProcessRecord } from './record-processes.ts'
import { killGroup } from './record-processes.ts'
import type { Log } from './write-log.ts'

const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('owner'), signInAs: z.string().optional(), setUpPath: z.string().optional() }),
  z.object({ type: z.literal('seeded') }),
])

/** How the owner gets in: an existing account, or the page that creates one. */
export interface OwnerAccess {
  signInAs?: string | undefined
  setUpPath?: string | undefined
}

export interface Seeding {
  /** Resolves when the owner's account exists; with an empty object when there is none or it failed. */
  ownerAccess: Promise<OwnerAccess>
  stop(): Promise<void>
}

/**
 * Creates the owner's account and the samples of a new installation. This runs in a process of its own, because the
 * samples take longer than a person should wait for the first page.
 */
export function runSeed(
  deps: { log: Log; terminal: Terminal; record: ProcessRecord },
  { root, env, mode }: { root: string; env: Record<string, string>; mode: 'development' | 'production' },
): Seeding {
  const script = path.join(root, 'scripts/seed.ts')
  if (!existsSync(script)) return { ownerAccess: Promise.resolve({}), stop: async () => {} }

  const { log, terminal, record } = deps
  const ownerAccess = Promise.withResolvers<OwnerAccess>()
  const ended = Promise.withResolvers<void>()
  let stopping = false
  let isOwnerReady = false
  const child = fork(script, [], {
    cwd: root,
    env: { ...env, NODE_ENV: mode },
    execArgv: [],
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  if (child.pid !== undefined) record.add('seed', child.pid)
  followOutput(child, log, terminal)

  child.on('message', (message) => {
    const parsed = messageSchema.safeParse(message)
    if (parsed.data?.type !== 'owner') return
    isOwnerReady = true
    ownerAccess.resolve(parsed.data)
  })
  const onEnd = (reason: string | undefined) => {
    if (child.pid !== undefined) {
      killGroup(child.pid)
      record.remove(child.pid)
    }
    if (reason !== undefined && !stopping) {
      const what = isOwnerReady ? 'Some samples could not be created' : 'The owner could not be created'
      terminal.print([`${what} (${reason}):`, ...log.tail()].join('\n  '))
    }
    ownerAccess.resolve({})
    ended.resolve()
  }
  child.once('error', (error) => onEnd(error.message))
  child.once('exit', (code, signal) => onEnd(code === 0 ? undefined : (signal ?? `exit code ${code}`)))

  return {
    ownerAccess: ownerAccess.promise,
    async stop() {
      stopping = true
      child.kill('SIGTERM')
      const force = setTimeout(() => child.pid !== undefined && killGroup(child.pid), 3_000)
      await ended.promise
      clearTimeout(force)
    },
  }
}

function followOutput(child: ChildProcess, log: Log, terminal: Terminal): void {
  for (const [stream, isError] of [
    [child.stdout, false],
    [child.stderr, true],
  ] as const) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      log.write(line)
      terminal.relay('seed', line, isError)
    })
  }
}
