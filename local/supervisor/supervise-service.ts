import { type ChildProcess, fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { ExplainedError } from './explained-error.ts'
import { type ServicePlan, serviceLabels } from './plan-services.ts'
import type { ProcessRecord } from './record-processes.ts'
import { killGroup } from './record-processes.ts'
import { countExit, restartDelayMs } from './restart-delay.ts'
import type { Terminal } from './speak-to-terminal.ts'
import { waitForAnswer } from './wait-for-answer.ts'
import type { Log } from './write-log.ts'

const stopWithinMs = 5_000
/** A service that dies this often before it was ever usable will not become so by another try. */
const firstAttempts = 3

export interface SupervisedService {
  /** What a person calls it. */
  label: string
  /** Settles once: when the service is usable for the first time, or has failed to become so. */
  ready: Promise<void>
  pid(): number | undefined
  /** SIGTERM, and SIGKILL to everything it started after 5 s. Resolves when it is gone. */
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
  // Whoever waits for readiness later still sees the failure; an early one must not end this process.
  ready.promise.catch(() => {})
  let child: ChildProcess | undefined
  let gone = Promise.withResolvers<void>()
  let restartTimer: NodeJS.Timeout | undefined
  let exitsInARow = 0
  let stopping = false
  let wasReady = false
  let restarting = false

  const markReady = () => {
    wasReady = true
    ready.resolve()
    if (restarting) terminal.say(`The ${serviceLabels[plan.name]} is running again.`)
    restarting = false
  }

  const launch = () => {
    const startedMs = Date.now()
    const running = startProcess(deps, plan)
    const { pid } = running
    const polling = new AbortController()
    child = running
    gone = Promise.withResolvers<void>()
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

    const leave = (reason: string) => {
      if (child !== running) return
      child = undefined
      polling.abort()
      if (pid !== undefined) {
        // What it had started must not live on beside what its successor starts.
        killGroup(pid)
        record.remove(pid)
      }
      gone.resolve()
      log.write(`[supervisor] ${plan.name} ended: ${reason}`)
      if (!stopping) restartLater(reason, Date.now() - startedMs)
    }
    running.once('error', (error) => leave(error.message))
    running.once('exit', (code, signal) => leave(signal ? `killed by ${signal}` : `exit code ${code}`))
  }

  const restartLater = (reason: string, upMs: number) => {
    exitsInARow = countExit(exitsInARow, upMs)
    if (!wasReady && exitsInARow >= firstAttempts) {
      // Each attempt says the same.
      const lastWords = new Set(log.tail().filter((line) => !line.startsWith('[supervisor]')))
      ready.reject(
        new ExplainedError(
          [`The ${serviceLabels[plan.name]} could not be started (${reason}).`, ...lastWords].join('\n  '),
        ),
      )
      return
    }
    if (wasReady) {
      restarting = true
      terminal.say(`The ${serviceLabels[plan.name]} stopped unexpectedly (${reason}). Starting it again.`)
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
      await gone.promise
      clearTimeout(force)
    },
  }
}

/**
 * Each service leads its own process group: Ctrl-C reaches the supervisor alone, which stops the services in
 * order, and a group can be ended as a whole.
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
