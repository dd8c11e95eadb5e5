import { type ChildProcess, fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Terminal } from './create-terminal.ts'
import { ExplainedError } from './explained-error.ts'
import { type ServicePlan, serviceLabels } from './plan-services.ts'
import type { ProcessRecord } from './record-processes.ts'
import { killGroup } from './record-processes.ts'
import { countExit, restartDelayMs } from './restart-delay.ts'
import { waitForAnswer } from './wait-for-answer.ts'
import type { Log } from './write-log.ts'

const stopWithinMs = 5_000
/** After this many exits before the service was ever usable, it is not restarted. */
const firstAttempts = 3

export interface SupervisedService {
  /** The name that messages use. */
  label: string
  /** Resolves when the service is usable for the first time; rejects when it could not be started. */
  ready: Promise<void>
  pid(): number | undefined
  /** Sends SIGTERM, and after 5 s SIGKILL to its process group. Resolves when it has ended. */
  stop(): Promise<void>
}

export interface ServiceDeps {
  cwd: string
  environment: Record<string, string>
  mode: 'development' | 'production'
  log: Log
  terminal: Terminal
  record: ProcessRecord
}

/** Starts a service and keeps it running, with the same settings and port, until it is stopped. */
export function superviseService(deps: ServiceDeps, plan: ServicePlan): SupervisedService {
  const { log, terminal, record } = deps
  const ready = Promise.withResolvers<void>()
  // A later caller that awaits readiness still sees the failure; an early one must not end this process.
  ready.promise.catch(() => {})
  let child: ChildProcess | undefined
  let ended = Promise.withResolvers<void>()
  let restartTimer: NodeJS.Timeout | undefined
  let exitsInARow = 0
  let stopping = false
  let wasReady = false
  let restarting = false

  const markReady = () => {
    wasReady = true
    ready.resolve()
    if (restarting) terminal.print(`The ${serviceLabels[plan.name]} is running again.`)
    restarting = false
  }

  const launch = () => {
    const startedMs = Date.now()
    const running = startProcess(deps, plan)
    const { pid } = running
    const polling = new AbortController()
    child = running
    ended = Promise.withResolvers<void>()
    if (pid !== undefined) record.add(plan.name, pid)
    if (plan.readiness.kind === 'http') {
      waitForAnswer(`http://127.0.0.1:${plan.readiness.port}/api/health`, polling.signal).then(
        markReady,
        () => {},
      )
    }
    running.on('message', (message) => {
      if (isReadyMessage(message)) markReady()
    })

    const onEnd = (reason: string) => {
      if (child !== running) return
      child = undefined
      polling.abort()
      if (pid !== undefined) {
        // Processes that it started must not run at the same time as those of its successor.
        killGroup(pid)
        record.remove(pid)
      }
      ended.resolve()
      log.write(`[supervisor] ${plan.name} ended: ${reason}`)
      if (!stopping) restartLater(reason, Date.now() - startedMs)
    }
    running.once('error', (error) => onEnd(error.message))
    running.once('exit', (code, signal) => onEnd(signal ? `killed by ${signal}` : `exit code ${code}`))
  }

  const restartLater = (reason: string, upMs: number) => {
    exitsInARow = countExit(exitsInARow, upMs)
    if (!wasReady && exitsInARow >= firstAttempts) {
      // Each attempt prints the same.
      const lastLines = new Set(log.tail().filter((line) => !line.startsWith('[supervisor]')))
      ready.reject(
        new ExplainedError(
          [`The ${serviceLabels[plan.name]} could not be started (${reason}).`, ...lastLines].join('\n  '),
        ),
      )
      return
    }
    if (wasReady) {
      restarting = true
      terminal.print(`The ${serviceLabels[plan.name]} stopped unexpectedly (${reason}). Starting it again.`)
    }
    restartTimer = setTimeout(launch, restartDelayMs(exitsInARow))
  }

  launch()
  return {
    label: serviceLabels[plan.name],
    ready: ready.promise,
    pid: () => child?.pid,
    async stop() {
      stopping = true
      clearTimeout(restartTimer)
      ready.reject(new ExplainedError(`The ${serviceLabels[plan.name]} was stopped.`))
      const running = child
      if (!running) return
      running.kill('SIGTERM')
      const force = setTimeout(() => {
        if (running.pid !== undefined) killGroup(running.pid)
      }, stopWithinMs)
      await ended.promise
      clearTimeout(force)
    },
  }
}

/**
 * Each service leads its own process group: Ctrl-C reaches only the supervisor, which stops the services in
 * order, and a whole group can be ended.
 */
function startProcess(
  { cwd, environment, mode, log, terminal }: ServiceDeps,
  plan: ServicePlan,
): ChildProcess {
  const child = fork(plan.script, plan.args, {
    cwd,
    execArgv: plan.execArgv,
    env: { ...environment, ...plan.env, NODE_ENV: mode },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const follow = (stream: Readable | null, isError: boolean) => {
    if (!stream) return
    createInterface({ input: stream }).on('line', (line) => {
      log.write(line)
      terminal.relay(plan.name, line, isError)
    })
  }
  follow(child.stdout, false)
  follow(child.stderr, true)
  return child
}

function isReadyMessage(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready'
}
