import { setTimeout as delay } from 'node:timers/promises'
import { randomNumbers } from '#harness/random-numbers.ts'
import type { Recording } from '../crash-matrix/cut-recording.ts'
import { type Installation, startInstallation } from '../crash-matrix/installation.ts'
import { listProcessTree } from '../measure/list-process-tree.ts'
import {
  type Acknowledged,
  checkAcknowledged,
  createToken,
  sendRecording,
  sendText,
} from './acknowledged-work.ts'
import type { FaultResult } from './fault-result.ts'

/** All processes of an installation; `worker` is any process below the job engine. */
export const targets = ['web', 'gateway', 'database', 'engine', 'worker', 'supervisor'] as const
export type Target = (typeof targets)[number]

const pauseMs = { least: 4_000, spread: 12_000 }
const textEveryMs = 1_000
const recordingEveryMs = 15_000
const replacedWithinMs = 120_000

/** Kills a random process again and again while sermons are sent, then checks that nothing confirmed was lost. */
export async function killRandomly(
  setting: FaultSetting,
  { minutes, seed }: { minutes: number; seed: number },
): Promise<FaultResult> {
  const random = randomNumbers(seed)
  const result = await killProcesses(setting, {
    victims: chooseUntil(performance.now() + minutes * 60_000, random),
    pauseMs: () => pauseMs.least + random(pauseMs.spread),
    random,
  })
  return { ...result, fault: `random kills for ${minutes} minutes, seed ${seed}` }
}

function* chooseUntil(endMs: number, random: (below: number) => number): Generator<Target> {
  while (performance.now() < endMs) yield targets[random(targets.length)] ?? 'web'
}

/** Kills these processes one after another while sermons are sent, then checks that nothing confirmed was lost. */
export async function killProcesses(
  { folder, env, recording, print }: FaultSetting,
  input: { victims: Iterable<Target>; pauseMs: () => number; random: (below: number) => number },
): Promise<FaultResult> {
  const { victims, random } = input
  const start = () => startInstallation({ folder, env })
  const acknowledged: Acknowledged = { texts: [], recordings: [] }
  const recoveries = new Map<Target, number[]>()
  let installation = await start()
  const token = await createToken(installation)
  const load = startLoad(() => installation, { token, recording, acknowledged })
  for (const target of victims) {
    await delay(input.pauseMs())
    const pid = findPid(installation, target, random)
    if (pid === undefined) continue
    const killedMs = performance.now()
    process.kill(pid, 'SIGKILL')
    if (target === 'supervisor') {
      // Its services end with it. Connections to the old ports are closed, so that nothing waits for them.
      await installation.stop()
      installation = await start()
    } else {
      await waitForReplacement(installation, target, pid)
    }
    const recoveredMs = performance.now() - killedMs
    recoveries.set(target, [...(recoveries.get(target) ?? []), recoveredMs])
    print(`${target} killed, answers again after ${(recoveredMs / 1000).toFixed(1)} s`)
  }
  const refused = await load.stop()
  const { problems, requestedAgain } = await checkAcknowledged(installation, acknowledged)
  await installation.stop()
  return {
    fault: 'kills',
    problems,
    figures: {
      'confirmed texts': acknowledged.texts.length,
      'confirmed recordings': acknowledged.recordings.length,
      'requests that failed and were not confirmed': refused,
      'sermons whose processing was requested again': requestedAgain,
      ...Object.fromEntries(
        [...recoveries].map(([target, times]) => [`${target} killed`, describeTimes(times)]),
      ),
    },
  }
}

/** What every kind of fault gets: a folder for its data, and a recording that a speech service knows. */
export interface FaultSetting {
  folder: string
  env: Record<string, string>
  recording: Recording
  print(line: string): void
}

function findPid(installation: Installation, target: Target, random: (below: number) => number) {
  if (target === 'supervisor') return installation.supervisorPid
  if (target !== 'worker') return installation.pidOf(target)
  const engine = installation.pidOf('engine')
  if (engine === undefined) return undefined
  const workers = listProcessTree(engine).filter(({ pid }) => pid !== engine)
  return workers[random(Math.max(workers.length, 1))]?.pid
}

async function waitForReplacement(installation: Installation, target: Target, pid: number): Promise<void> {
  const deadlineMs = performance.now() + replacedWithinMs
  while (
    target !== 'worker' &&
    target !== 'supervisor' &&
    [undefined, pid].includes(installation.pidOf(target))
  ) {
    if (performance.now() > deadlineMs) throw new Error(`The ${target} was not started again`)
    await delay(50)
  }
  await installation.waitUntilHealthy()
}

/** Sends texts and recordings until stopped; then returns how many requests failed. */
function startLoad(
  current: () => Installation,
  { token, recording, acknowledged }: { token: string; recording: Recording; acknowledged: Acknowledged },
): { stop(): Promise<number> } {
  const stop = new AbortController()
  let refused = 0
  const repeat = async (everyMs: number, send: () => Promise<unknown>) => {
    while (!stop.signal.aborted) {
      await send().catch(() => {
        refused += 1
      })
      await delay(everyMs, undefined, { signal: stop.signal }).catch(() => undefined)
    }
  }
  let count = 0
  const running = Promise.all([
    repeat(textEveryMs, () => sendText({ url: current().url, token }, acknowledged)),
    repeat(recordingEveryMs, () => {
      count += 1
      return sendRecording(current(), { recording, hasCaptions: count % 2 === 0 }, acknowledged)
    }),
  ])
  return {
    async stop() {
      stop.abort()
      await running
      return refused
    },
  }
}

function describeTimes(timesMs: number[]): string {
  const sorted = timesMs.toSorted((a, b) => a - b)
  const seconds = (ms = 0) => `${(ms / 1000).toFixed(1)} s`
  return `${sorted.length} times, answers again after ${seconds(sorted[Math.floor(sorted.length / 2)])} (median), ${seconds(sorted.at(-1))} at most`
}
