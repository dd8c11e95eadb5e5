import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, stat, symlink } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { z } from 'zod'
import type { ChildRequest } from './child/protocol.ts'
import { isMediaFailureReason, mediaFailure } from './media-failures.ts'
import { mediaLimits } from './media-limits.ts'
import { confineCommand, findProgram, findSandbox, type SandboxPaths } from './sandbox.ts'

type WithoutInput<T> = T extends ChildRequest ? Omit<T, 'inputFile'> : never

export type RunMediaChildInput<Result> = {
  filePath: string
  request: WithoutInput<ChildRequest>
  result: z.ZodType<Result>
  timeoutMs: number
  /** Aborting kills the child immediately; the promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined
  /** 0..1, at most four times a second. */
  onProgress?: ((share: number) => void) | undefined
}

const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), value: z.number() }),
  z.object({ type: z.literal('result'), value: z.unknown() }),
  z.object({ type: z.literal('failure'), reason: z.string(), detail: z.string() }),
])

type Command = [string, ...string[]]

type Outcome = { result: unknown } | { failure: { reason: string; detail: string } } | null

const STDERR_KEPT = 4000

/**
 * Runs one request over one local file in a child process with limits, and waits for its answer.
 * Throws AppError `unprocessable` with a `media.*` reason when the file cannot be used or made the child crash.
 */
export async function runMediaChild<Result>(input: RunMediaChildInput<Result>): Promise<Result> {
  input.signal?.throwIfAborted()
  await refuseBySize(input.filePath)
  // The folder contains only the input, under a fixed name, so that a relative path cannot reach another file.
  const directory = await mkdtemp(path.join(os.tmpdir(), 'selah-media-'))
  try {
    const inputFile = path.join(directory, 'input')
    await symlink(path.resolve(input.filePath), inputFile)
    const request = { ...input.request, inputFile }
    const command = await childCommand({
      readable: [...programFiles(), path.resolve(input.filePath)],
      writable: [directory, ...outputFolders(request)],
      memoryLimit:
        request.kind === 'clip'
          ? `--data=${mediaLimits.clipDataBytes}`
          : `--as=${mediaLimits.childAddressSpaceBytes}`,
    })
    const { outcome, ending, stderr } = await talkToChild({ command, directory, request }, input)
    input.signal?.throwIfAborted()
    if (outcome && 'result' in outcome) return input.result.parse(outcome.result)
    const cause = new Error(`media child: ${outcome?.failure.detail ?? ending}\n${stderr}`.trim())
    if (outcome && isMediaFailureReason(outcome.failure.reason))
      throw mediaFailure(outcome.failure.reason, cause)
    throw mediaFailure(ending === 'timeout' ? 'media.child_timeout' : 'media.child_crashed', cause)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function refuseBySize(filePath: string): Promise<void> {
  const { size } = await stat(filePath)
  if (size === 0) throw mediaFailure('media.empty')
  if (size > mediaLimits.maxSizeBytes) throw mediaFailure('media.too_large')
}

async function talkToChild(
  { command, directory, request }: { command: Command; directory: string; request: ChildRequest },
  { timeoutMs, signal, onProgress }: Pick<RunMediaChildInput<unknown>, 'timeoutMs' | 'signal' | 'onProgress'>,
): Promise<{ outcome: Outcome; ending: string; stderr: string }> {
  const [program, ...args] = command
  const child = spawn(program, args, {
    cwd: directory,
    // No environment variables: the child reads untrusted files and must not have any secret.
    env: { TMPDIR: directory, NODE_ENV: 'production' },
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  })
  let timedOut = false
  let outcome: Outcome = null
  let stderr = ''
  const stop = () => killGroup(child)
  const timer = setTimeout(() => {
    timedOut = true
    stop()
  }, timeoutMs)
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()

  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT)
  })
  const messages = child.stdio[3]
  if (!(messages instanceof Readable)) throw new Error('the media child has no message pipe')
  createInterface({ input: messages }).on('line', (line) => {
    const message = parseMessage(line)
    if (message?.type === 'progress') onProgress?.(message.value)
    else if (message?.type === 'result') outcome = { result: message.value }
    else if (message?.type === 'failure') outcome = { failure: message }
  })
  // A child that died immediately closes its stdin; its exit code is more useful than the write error.
  child.stdin?.on('error', () => {})
  child.stdin?.end(JSON.stringify(request))

  try {
    const ending = await new Promise<string>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, killedBy) => resolve(killedBy ?? `exit ${code}`))
    })
    return { outcome: ending === 'exit 0' ? outcome : null, ending: timedOut ? 'timeout' : ending, stderr }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
    killGroup(child)
  }
}

function parseMessage(line: string): z.infer<typeof messageSchema> | null {
  try {
    return messageSchema.parse(JSON.parse(line))
  } catch {
    // A line cut off by a crash: the exit code shows the reason.

    return null
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}

/** What the child program itself consists of. */
function programFiles(): string[] {
  return [process.execPath, ...['lib', 'node_modules', 'package.json'].map((name) => path.resolve(name))]
}

/** The folders of the files that the child makes. */
function outputFolders(request: ChildRequest): string[] {
  switch (request.kind) {
    case 'encode':
      return [request.outputDir]
    case 'decode-to-pcm':
    case 'clip':
      return [path.dirname(path.resolve(request.outputFile))]
    case 'probe':
      return request.coverFile === null ? [] : [path.dirname(path.resolve(request.coverFile))]
    case 'measure':
      return []
  }
}

async function childCommand(paths: SandboxPaths & { memoryLimit: string }): Promise<Command> {
  // Resolved from the working directory, so that it is the same file in the app, in a task and in a bundle.
  const main = path.resolve('lib/media/child/main.ts')
  const node: Command = [
    process.execPath,
    '--experimental-strip-types',
    '--disable-warning=ExperimentalWarning',
    main,
  ]
  const confined = await confineCommand(await findSandbox(), node, paths)
  const prlimit = await findProgram('prlimit')
  // Without it, the wall-clock limit still applies.
  if (!prlimit) return confined
  const { childCpuSeconds, childFileBytes } = mediaLimits
  return [
    prlimit,
    paths.memoryLimit,
    `--cpu=${childCpuSeconds}`,
    `--fsize=${childFileBytes}`,
    '--core=0',
    ...confined,
  ]
}
