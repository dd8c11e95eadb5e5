import { spawn } from 'node:child_process'
import os from 'node:os'
import { createInterface } from 'node:readline'
import { TranscriberError } from './transcriber-error.ts'

// Slower than this counts as hanging: a recogniser needs a part of the duration on a free core, and longer on a busy one.
const TIMEOUT_MS = 1_800_000
const TIMEOUT_PER_MS = 10
const STDERR_KEPT = 2000

/**
 * Runs a recogniser on `durationMs` of sound, and passes on each line that it prints. It has no environment variables
 * and a low priority, because the web server on the same machine comes first. Aborting kills it immediately; the
 * promise then rejects with the signal's reason. Throws TranscriberError `transcriber.crashed`.
 */
export async function runRecogniser(input: {
  command: string
  args: readonly string[]
  durationMs: number
  signal: AbortSignal
  onLine: (line: string) => void
}): Promise<void> {
  const { signal } = input
  signal.throwIfAborted()
  const child = spawn(input.command, input.args, {
    env: { NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    killSignal: 'SIGKILL',
    signal,
    timeout: TIMEOUT_MS + input.durationMs * TIMEOUT_PER_MS,
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT)
  })
  createInterface({ input: child.stdout }).on('line', input.onLine)
  const ending = await new Promise<string>((resolve, reject) => {
    child.on('error', (cause) => {
      // An abort is also reported here, but the killed process has only ended at 'close'.
      if (child.pid !== undefined) return
      if (signal.aborted) resolve('aborted')
      else reject(new TranscriberError('transcriber.crashed', { cause }))
    })
    child.once('close', (code, killedBy) => resolve(killedBy ?? `exit ${code}`))
    child.once('spawn', () => {
      // Lowering the priority fails when the child has already ended.
      if (child.pid !== undefined && child.exitCode === null) lowerPriority(child.pid)
    })
  })
  signal.throwIfAborted()
  if (ending !== 'exit 0') {
    throw new TranscriberError('transcriber.crashed', { cause: new Error(`${ending}\n${stderr}`.trim()) })
  }
}

function lowerPriority(pid: number): void {
  try {
    os.setPriority(pid, 10)
  } catch {
    // It ended between the check and here.
  }
}
