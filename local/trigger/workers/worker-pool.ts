import type { MachinePreset } from '@trigger.dev/core/v3'

import type { ProjectBuild } from '../build/build-project.ts'
import { startWorker, type Worker } from './start-worker.ts'

/** A worker is replaced after this many runs, so that memory leaks in tasks stay small. */
const defaultRunsPerWorker = 500

/** Returns the number of runs that a worker of this build executes, by the project's `processKeepAlive`. */
function runsPerWorker(build: ProjectBuild): number {
  const keepAlive = build.manifest.processKeepAlive
  if (!keepAlive) return defaultRunsPerWorker
  return keepAlive.enabled ? (keepAlive.maxExecutionsPerProcess ?? defaultRunsPerWorker) : 1
}

/**
 * Keeps run workers between runs. An idle worker ends after a while, except for a few spare workers that shorten
 * the next start.
 */
export interface WorkerPool {
  /** Returns a worker for one run: an idle one of the same build and preset, or a new one. */
  acquire(build: ProjectBuild, machine: MachinePreset): Worker
  /** Returns a worker to the pool. The caller must end a worker that may not be used again instead. */
  giveBack(worker: Worker): void
  /** Starts spare workers of a build and ends idle workers of other builds. */
  warm(build: ProjectBuild): void
  stop(): Promise<void>
}

export function createWorkerPool(options: {
  spares: number
  idleMs: number
  defaultMachine: MachinePreset
  environment: () => Record<string, string>
  temporaryDir: string
  onOutput: (text: string) => void
}): WorkerPool {
  const idle = new Map<Worker, NodeJS.Timeout | undefined>()
  const all = new Set<Worker>()
  let current: ProjectBuild | undefined
  let stopped = false

  function start(build: ProjectBuild, machine: MachinePreset): Worker {
    const worker = startWorker({
      build,
      machine,
      environment: options.environment(),
      temporaryDir: options.temporaryDir,
      onOutput: options.onOutput,
    })
    all.add(worker)
    return worker
  }

  function forget(worker: Worker) {
    clearTimeout(idle.get(worker))
    idle.delete(worker)
  }

  function retire(worker: Worker) {
    forget(worker)
    void worker.end().then(() => all.delete(worker))
  }

  function spareCount() {
    return [...idle.keys()].filter((worker) => isSpare(worker)).length
  }

  function isSpare(worker: Worker) {
    return (
      worker.usable &&
      worker.build.version === current?.version &&
      worker.machine.name === options.defaultMachine.name
    )
  }

  function keepIdle(worker: Worker) {
    const timer = setTimeout(() => {
      if (isSpare(worker) && spareCount() <= options.spares) {
        keepIdle(worker)
        return
      }
      retire(worker)
    }, options.idleMs)
    timer.unref()
    forget(worker)
    idle.set(worker, timer)
  }

  function topUp() {
    if (stopped || !current) return
    for (let missing = options.spares - spareCount(); missing > 0; missing--) {
      keepIdle(start(current, options.defaultMachine))
    }
  }

  return {
    acquire(build, machine) {
      for (const worker of idle.keys()) {
        if (!worker.usable) {
          forget(worker)
          all.delete(worker)
          continue
        }
        if (worker.build.version === build.version && worker.machine.name === machine.name) {
          forget(worker)
          return worker
        }
      }
      return start(build, machine)
    },
    giveBack(worker) {
      const used =
        worker.runsStarted >= runsPerWorker(worker.build) || worker.build.version !== current?.version
      if (stopped || !worker.usable || used) {
        retire(worker)
        topUp()
        return
      }
      keepIdle(worker)
    },
    warm(build) {
      current = build
      for (const worker of [...idle.keys()]) {
        if (worker.build.version !== build.version) retire(worker)
      }
      topUp()
    },
    async stop() {
      stopped = true
      for (const worker of idle.keys()) forget(worker)
      await Promise.all([...all].map((worker) => worker.kill()))
      all.clear()
    },
  }
}
