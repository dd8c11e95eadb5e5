import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface StartMeasurement {
  /** The required steps of the set-up, as they were shown. */
  steps: { label: string; ms: number }[]
  readyMs: number
  /** Until the whole first page has been received. */
  firstPageMs: number
}

/** Runs `npm start` like a person, and measures the times until the first page. */
export async function startByNpm({
  cwd,
  environment,
}: {
  cwd: string
  environment: Record<string, string>
}): Promise<{ measurement: StartMeasurement; pid: number; stop(): Promise<void> }> {
  const startedMs = performance.now()
  const npm = spawn('npm', ['start'], {
    cwd,
    env: { ...environment, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const steps: StartMeasurement['steps'] = []
  const output: string[] = []
  const ready = Promise.withResolvers<string>()
  const ended = new Promise<void>((resolve) => npm.once('close', () => resolve()))
  ended.then(() => ready.reject(new Error(`npm start ended before Selah was ready:\n${output.join('\n')}`)))

  createInterface({ input: npm.stderr }).on('line', (line) => {
    output.push(line)
    const [, label, seconds] = /^(.+): done in ([\d.]+) s$/.exec(line) ?? []
    if (label && seconds) steps.push({ label, ms: Number(seconds) * 1000 })
  })
  createInterface({ input: npm.stdout }).on('line', (line) => {
    output.push(line)
    const url = /^Selah is ready.* at (http:\/\/[^/\s]+)/.exec(line)?.[1]
    if (url) ready.resolve(url)
  })

  const url = await ready.promise
  const readyMs = performance.now() - startedMs
  const page = await fetch(url)
  await page.text()
  if (page.status !== 200) throw new Error(`The first page answered ${page.status}.`)
  const firstPageMs = performance.now() - startedMs
  return {
    measurement: { steps, readyMs: Math.round(readyMs), firstPageMs: Math.round(firstPageMs) },
    pid: npm.pid ?? 0,
    async stop() {
      npm.kill('SIGTERM')
      await ended
    },
  }
}
