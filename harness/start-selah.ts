import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const root = path.resolve(import.meta.dirname, '..')
const readyWithinMs = 180_000
const readyPattern = /^Selah is ready.* at (http:\/\/[^/\s]+)/

/** Variables that would connect the app to real services or to a developer's configuration. */
const foreign =
  /^(DATABASE_URL|SUPABASE_|TRIGGER_|OPENAI_|DEEPGRAM_|SMTP_|OTEL_|SELAH_|PORT$|SITE_URL$|NODE_ENV$|VITEST|npm_)/

export interface RunningSelah {
  url: string
  readyLine: string
  child: ChildProcess
  /** Everything that it has printed so far. */
  output(): string
  /** Resolves with the exit code, or the name of the signal, when it has ended. */
  ended: Promise<number | string>
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<number | string>
}

/**
 * Starts the whole app (which must have been built) on a free port with its own data folder, independent of the
 * settings of the person or test runner that starts it. Throws its output when it does not become ready.
 */
export async function startSelah(input: {
  dataDir: string
  env?: Record<string, string>
}): Promise<RunningSelah> {
  const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  const child = spawn(process.execPath, [path.join(root, 'local/supervisor/main.ts')], {
    cwd: root,
    env: {
      ...Object.fromEntries(inherited),
      NODE_ENV: 'production',
      PORT: '0',
      SELAH_HOST: '127.0.0.1',
      SELAH_DATA_DIR: input.dataDir,
      SELAH_ENV_FILES: '0',
      SELAH_NO_APT: '1',
      SELAH_MODELS: 'off',
      ...input.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ready = Promise.withResolvers<{ url: string; readyLine: string }>()
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 1))
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    output += `${line}\n`
    const url = readyPattern.exec(line)?.[1]
    if (url) ready.resolve({ url, readyLine: line })
  })
  ended.then((how) => ready.reject(new Error(`Selah ended before it was ready (${how}):\n${output}`)))
  const timeout = setTimeout(
    () => ready.reject(new Error(`Selah was not ready in time:\n${output}`)),
    readyWithinMs,
  )

  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  try {
    return { ...(await ready.promise), child, output: () => output, ended, stop }
  } catch (error) {
    await stop()
    throw error
  } finally {
    clearTimeout(timeout)
  }
}

const recordSchema = z.array(z.object({ name: z.string(), pid: z.number() }))

/** Stops the web process of a running Selah, so that it does nothing but is not replaced. SIGCONT continues it. */
export async function stopWebProcess(dataDir: string): Promise<{ pid: number }> {
  const recorded = await readFile(path.join(dataDir, 'processes.json'), 'utf8')
  const web = recordSchema.parse(JSON.parse(recorded)).find(({ name }) => name === 'web')
  if (!web) throw new Error(`There is no web process in ${recorded}`)
  process.kill(web.pid, 'SIGSTOP')
  return web
}
