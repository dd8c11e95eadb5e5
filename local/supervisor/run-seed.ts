import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { ProcessRecord } from './record-processes.ts'
import { killGroup } from './record-processes.ts'
import type { Terminal } from './speak-to-terminal.ts'
import type { Log } from './write-log.ts'

const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('owner'), signInAs: z.string().optional(), setUpPath: z.string().optional() }),
  z.object({ type: z.literal('seeded') }),
])

/** What a person needs to get in: an account that exists, or the page where one is made. */
export interface Entrance {
  signInAs?: string | undefined
  setUpPath?: string | undefined
}

export interface Seeding {
  /** Resolves as soon as the owner's account exists; with nothing when there is none or it failed. */
  entrance: Promise<Entrance>
  stop(): Promise<void>
}

/**
 * Prepares the owner's account and the samples of a fresh installation, in a process of its own, because the
 * samples take longer than anyone wants to wait for the first page.
 */
export function runSeed(
  deps: { log: Log; terminal: Terminal; record: ProcessRecord },
  { root, env, mode }: { root: string; env: Record<string, string>; mode: 'development' | 'production' },
): Seeding {
  const script = path.join(root, 'scripts/seed.ts')
  if (!existsSync(script)) return { entrance: Promise.resolve({}), stop: async () => {} }

  const { log, terminal, record } = deps
  const entrance = Promise.withResolvers<Entrance>()
  const gone = Promise.withResolvers<void>()
  let stopping = false
  let knowsEntrance = false
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
    knowsEntrance = true
    entrance.resolve(parsed.data)
  })
  const leave = (reason: string | undefined) => {
    if (child.pid !== undefined) {
      killGroup(child.pid)
      record.remove(child.pid)
    }
    if (reason !== undefined && !stopping) {
      const what = knowsEntrance ? 'The samples could not all be prepared' : 'The owner could not be prepared'
      terminal.say([`${what} (${reason}):`, ...log.tail()].join('\n  '))
    }
    entrance.resolve({})
    gone.resolve()
  }
  child.once('error', (error) => leave(error.message))
  child.once('exit', (code, signal) => leave(code === 0 ? undefined : (signal ?? `exit code ${code}`)))

  return {
    entrance: entrance.promise,
    async stop() {
      stopping = true
      child.kill('SIGTERM')
      const force = setTimeout(() => child.pid !== undefined && killGroup(child.pid), 3_000)
      await gone.promise
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
