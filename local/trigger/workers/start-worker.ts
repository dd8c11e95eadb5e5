import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import {
  type CompletedWaitpoint,
  ExecutorToWorkerMessageCatalog,
  type MachinePreset,
  type TaskRunExecution,
  type TaskRunExecutionResult,
  WorkerToExecutorMessageCatalog,
} from '@trigger.dev/core/v3'
import { execOptionsForRuntime } from '@trigger.dev/core/v3/build'
import { ZodIpcConnection } from '@trigger.dev/core/v3/zodIpc'

import type { ProjectBuild } from '../build/build-project.ts'
import type { WorkerExit } from '../model/decide-end.ts'
import { heapLimitMb } from '../model/machine-presets.ts'

/** Receives what a worker reports about its attempt. */
export interface AttemptListener {
  onCompleted(result: TaskRunExecutionResult): void
  onUncaught(error: { name: string; message: string; stack?: string | undefined }): void
  onMaxDuration(maxDurationSeconds: number): void
  onSuspendable(suspendable: boolean): void
  onExit(exit: WorkerExit): void
}

/** One run worker process. It executes one run at a time; the caller must not start another one. */
export interface Worker {
  readonly pid: number | undefined
  readonly build: ProjectBuild
  readonly machine: MachinePreset
  runsStarted: number
  /** True until the process has ended or is ending. */
  readonly usable: boolean
  execute(execution: TaskRunExecution, traceparent: string | null, listener: AttemptListener): void
  resolveWaitpoint(waitpoint: CompletedWaitpoint): void
  /** Lets the worker send its telemetry and metadata. Never rejects. */
  flush(timeoutMs: number): Promise<void>
  /** Aborts the run's signal and calls its hooks. Never rejects. */
  cancel(timeoutMs: number): Promise<void>
  /** Asks the process to end and kills it after a second. Resolves when it has ended. */
  end(): Promise<void>
  kill(): Promise<void>
}

const keptStderrBytes = 16_384

/** Forks a run worker of a build. Messages sent while it boots are delivered later. */
export function startWorker(options: {
  build: ProjectBuild
  machine: MachinePreset
  environment: Record<string, string>
  /** The parent of the worker's own folder for temporary files, which is removed when its process ends. */
  temporaryDir: string
  onOutput: (text: string) => void
}): Worker {
  const { build, machine } = options
  const ownTemporaryDir = mkdtempSync(join(options.temporaryDir, 'worker-'))
  const child = fork(build.manifest.workerEntryPoint, [], {
    cwd: build.projectDir,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'json',
    execArgv: ['--no-warnings=ExperimentalWarning', `--max-old-space-size=${heapLimitMb(machine)}`],
    env: {
      ...options.environment,
      TMPDIR: ownTemporaryDir,
      NODE_OPTIONS: execOptionsForRuntime(build.manifest.runtime, {
        ...(build.manifest.loaderEntryPoint ? { loaderEntryPoint: build.manifest.loaderEntryPoint } : {}),
        ...(build.manifest.customConditions ? { customConditions: build.manifest.customConditions } : {}),
      }),
      TRIGGER_WORKER_MANIFEST_PATH: build.manifestPath,
      TRIGGER_WORKER_VERSION: build.version,
      TRIGGERDOTDEV: '1',
      NODE_ENV: options.environment.NODE_ENV === 'development' ? 'development' : 'production',
    },
  })
  let listener: AttemptListener | undefined
  let usable = true
  let stderr = ''
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  }).then(() => removeFolder(ownTemporaryDir, options.onOutput))

  child.stdout?.on('data', (data) => options.onOutput(String(data)))
  child.stderr?.on('data', (data) => {
    stderr = (stderr + String(data)).slice(-keptStderrBytes)
    options.onOutput(String(data))
  })
  child.on('error', (error) => {
    usable = false
    listener?.onExit({ code: -1, signal: null, stderr: error.message })
  })
  child.on('exit', (code, signal) => {
    usable = false
    const last = listener
    listener = undefined
    last?.onExit({ code, signal, stderr })
  })

  const onCompleted = async (message: { result: TaskRunExecutionResult }) =>
    listener?.onCompleted(message.result)
  const onUncaught = async (message: {
    error: { name: string; message: string; stack?: string | undefined }
  }) => listener?.onUncaught(message.error)
  const onMaxDuration = async (message: { maxDurationInSeconds: number }) =>
    listener?.onMaxDuration(message.maxDurationInSeconds)
  const onSuspendable = async (message: { suspendable: boolean }) =>
    listener?.onSuspendable(message.suspendable)
  const ipc = new ZodIpcConnection({
    listenSchema: ExecutorToWorkerMessageCatalog,
    emitSchema: WorkerToExecutorMessageCatalog,
    process: child,
    handlers: {
      TASK_RUN_COMPLETED: onCompleted,
      UNCAUGHT_EXCEPTION: onUncaught,
      MAX_DURATION_EXCEEDED: onMaxDuration,
      SET_SUSPENDABLE: onSuspendable,
    },
  })

  const worker = {
    build,
    machine,
    runsStarted: 0,
    get pid() {
      return child.pid
    },
    get usable() {
      return usable
    },
    execute(execution: TaskRunExecution, traceparent: string | null, attempt: AttemptListener) {
      listener = attempt
      stderr = ''
      worker.runsStarted++
      ipc
        .send('EXECUTE_TASK_RUN', {
          execution,
          // Only the engine's own exporter reads `traceparent`; other exporters need `external` to join the trace.
          traceContext: traceparent ? { traceparent, external: { traceparent } } : {},
          metadata: { id: build.version, version: build.version, contentHash: build.version, engine: 'V2' },
          isWarmStart: worker.runsStarted > 1,
        })
        .catch((error: unknown) => attempt.onExit({ code: -1, signal: null, stderr: String(error) }))
    },
    resolveWaitpoint(waitpoint: CompletedWaitpoint) {
      if (child.connected) ipc.send('RESOLVE_WAITPOINT', { waitpoint }).catch(ignoreDeadChannel)
    },
    async flush(timeoutMs: number) {
      if (!child.connected) return
      await ipc.sendWithAck('FLUSH', { timeoutInMs: timeoutMs }, timeoutMs + 500).catch(ignoreDeadChannel)
    },
    async cancel(timeoutMs: number) {
      if (!child.connected) return
      await ipc.sendWithAck('CANCEL', { timeoutInMs: timeoutMs }, timeoutMs + 500).catch(ignoreDeadChannel)
    },
    async end() {
      usable = false
      if (!hasEnded(child)) child.kill('SIGTERM')
      const killing = setTimeout(() => child.kill('SIGKILL'), 1_000)
      await ended
      clearTimeout(killing)
    },
    async kill() {
      usable = false
      if (!hasEnded(child)) child.kill('SIGKILL')
      await ended
    },
  }
  return worker
}

/** Removes the folder of an ended worker. Its children may still write for a moment, so this retries. */
async function removeFolder(folder: string, onOutput: (text: string) => void): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  } catch (error) {
    onOutput(`Temporary files remain in ${folder}: ${error instanceof Error ? error.message : error}\n`)
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined
}

/** The process may end at any time; its `exit` event is handled above. */
function ignoreDeadChannel(): void {}
