import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { findFreePort } from '#harness/ports.ts'

import type { Measured } from './measure-engine.ts'
import { spread } from './percentiles.ts'

/** Measures BullMQ on its own Redis; null on a machine without `redis-server`. */
export async function measureBullmq(options: { samples: number; burst: number }): Promise<Measured | null> {
  if (!hasRedis()) return null
  const folder = await mkdtemp(path.join(tmpdir(), 'selah-redis-'))
  const port = await findFreePort()
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder], {
    stdio: 'ignore',
  })
  try {
    return await measure({ ...options, port })
  } finally {
    await end(server)
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(options: { samples: number; burst: number; port: number }): Promise<Measured> {
  const connection = new Redis({ host: '127.0.0.1', port: options.port, maxRetriesPerRequest: null })
  connection.on('error', () => {})
  while (connection.status !== 'ready') await delay(20)
  const queue = new Queue('bench', { connection })
  let onStart: (startedMs: number) => void = () => {}
  let done = 0
  let expected = Number.POSITIVE_INFINITY
  let onDone: () => void = () => {}
  const worker = new Worker(
    'bench',
    async () => {
      onStart(performance.now())
      done++
      if (done >= expected) onDone()
    },
    { connection, concurrency: 20 },
  )
  await worker.waitUntilReady()
  const startMs: number[] = []
  for (let index = 0; index < options.samples + 5; index++) {
    const requestedAtMs = performance.now()
    const started = new Promise<number>((resolve) => {
      onStart = resolve
    })
    await queue.add('start', {})
    const waitedMs = (await started) - requestedAtMs
    if (index >= 5) startMs.push(waitedMs)
  }
  expected = done + options.burst
  const finished = new Promise<void>((resolve) => {
    onDone = resolve
  })
  const startedMs = performance.now()
  await queue.addBulk(Array.from({ length: options.burst }, () => ({ name: 'burst', data: {} })))
  await finished
  const tookSeconds = (performance.now() - startedMs) / 1000
  await worker.close(true)
  await queue.close()
  connection.disconnect()
  return { startMs: spread(startMs), runsPerSecond: Math.round(options.burst / tookSeconds) }
}

function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const exited = once(server, 'exit')
  server.kill('SIGTERM')
  await exited
}
