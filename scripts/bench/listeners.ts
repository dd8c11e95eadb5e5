/**
 * `npm run bench -- listeners [--listeners 500] [--seconds 120] [--json]`: listeners who hear sermons at the same time.
 * A new installation with its samples serves them on this machine; each reads the playlists and parts as the player does,
 * at the pace of the recording, and what stalls is counted. Then the same file is requested as fast as possible from the
 * storage and from nginx, in turn, where nginx is installed.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { startSelah } from '#harness/start-selah.ts'
import { buildWeb } from '../build/build-web.ts'
import { listProcessTree } from '../measure/list-process-tree.ts'
import { type Delivery, measureDelivery } from '../measure/measure-delivery.ts'
import { median, type Spread, spread } from '../measure/percentiles.ts'
import { serveByNginx } from '../measure/serve-by-nginx.ts'
import { type ListenerReport, simulateListener } from '../measure/simulate-listener.ts'

const root = path.resolve(import.meta.dirname, '../..')
const samplesWithinMs = 300_000
/** People do not press play at the same moment. */
const arrivalsPerSecond = 25
/** What a part of six seconds at 96 kbit/s has. */
const partBytes = 72_000
const connections = 32
const deliveryRounds = 5
const deliverySeconds = 3

interface Report {
  machine: { cpus: number; load: { before: number; after: number } }
  listeners: number
  seconds: number
  startMs: Spread
  partMs: Spread
  megabytesPerSecond: number
  stalls: { count: number; listeners: number; longestMs: number }
  failures: { count: number; examples: string[]; neverStarted: number }
  /** Medians of the rounds; `nginx` is null where it is not installed. */
  delivery: { storage: Delivery; nginx: (Delivery & { version: string }) | null }
}

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    listeners: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '120' },
    json: { type: 'boolean', default: false },
  },
})
const settings = z
  .object({ listeners: z.coerce.number().int().min(1), seconds: z.coerce.number().int().min(10) })
  .parse(values)

const listSchema = z.object({
  sermons: z.array(
    z.object({ id: z.string(), durationMs: z.number().nullable(), facets: z.record(z.string(), z.string()) }),
  ),
})
const processesSchema = z.array(z.object({ name: z.string(), pid: z.number() }))

await buildWeb(root)
const dataDir = await mkdtemp(path.join(root, '.cache/data-'))
const selah = await startSelah({ dataDir })
try {
  const masters = await waitForSamples(selah.url)
  const [before = 0] = loadavg()
  const heard = await listen(masters)
  const [after = 0] = loadavg()
  const delivery = await compareDelivery(masters)
  const report: Report = {
    machine: { cpus: availableParallelism(), load: { before: round(before), after: round(after) } },
    ...settings,
    ...summarise(heard),
    delivery,
  }
  console.log(values.json ? JSON.stringify(report, null, 2) : format(report))
  if (report.stalls.count > 0 || report.failures.count > 0) process.exitCode = 1
} finally {
  await selah.stop()
  await rm(dataDir, { recursive: true, force: true })
}

/** The master playlists of the samples, when all of them can be heard and nothing else is processed. */
async function waitForSamples(url: string): Promise<string[]> {
  const deadline = Date.now() + samplesWithinMs
  for (;;) {
    const { sermons } = listSchema.parse(await (await fetch(`${url}/api/v1/sermons?limit=20`)).json())
    const isReady = sermons.every(({ facets }) => Object.values(facets).every((status) => status === 'ready'))
    if (sermons.length > 0 && isReady) {
      return sermons.map(({ id }) => `${url}/api/v1/sermons/${id}/hls/master.m3u8`)
    }
    if (Date.now() > deadline) throw new Error('The samples were not ready in time.')
    await wait(1000)
  }
}

/** Everyone listens until `seconds` after the last of them has arrived. */
async function listen(masters: readonly string[]): Promise<ListenerReport[]> {
  const arrivalsMs = (settings.listeners / arrivalsPerSecond) * 1000
  const stopping = new AbortController()
  const timer = setTimeout(() => stopping.abort(), arrivalsMs + settings.seconds * 1000)
  try {
    return await Promise.all(
      Array.from({ length: settings.listeners }, async (_, index) => {
        await wait((index / settings.listeners) * arrivalsMs)
        const master = masters[index % masters.length] ?? ''
        // Spread over the recordings, the same in every run.
        return simulateListener(master, { startAt: (index * 0.618) % 1, signal: stopping.signal })
      }),
    )
  } finally {
    clearTimeout(timer)
  }
}

function summarise(heard: readonly ListenerReport[]) {
  const stallsMs = heard.flatMap((listener) => listener.stallsMs)
  const failures = heard.flatMap((listener) => listener.failures)
  const bytes = heard.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const lengthSeconds = settings.listeners / arrivalsPerSecond + settings.seconds
  return {
    startMs: spread(heard.flatMap(({ startMs }) => startMs ?? [])),
    partMs: spread(heard.flatMap(({ partsMs }) => partsMs)),
    megabytesPerSecond: round(bytes / 1e6 / lengthSeconds),
    stalls: {
      count: stallsMs.length,
      listeners: heard.filter((listener) => listener.stallsMs.length > 0).length,
      longestMs: Math.round(Math.max(0, ...stallsMs)),
    },
    failures: {
      count: failures.length,
      examples: [...new Set(failures)].slice(0, 3),
      neverStarted: heard.filter(({ startMs }) => startMs === null).length,
    },
  }
}

/** The same parts of the same file from the storage of this installation and from nginx, in turn. */
async function compareDelivery(masters: readonly string[]): Promise<Report['delivery']> {
  const redirect = await fetch(new URL('96k.mp4', masters[0]), { redirect: 'manual' })
  const storageUrl = new URL(redirect.headers.get('location') ?? '', selah.url).href
  const content = new Uint8Array(await (await fetch(storageUrl)).arrayBuffer())
  const recorded = processesSchema.parse(
    JSON.parse(await readFile(path.join(dataDir, 'processes.json'), 'utf8')),
  )
  const storagePids = recorded.filter(({ name }) => name === 'gateway').map(({ pid }) => pid)
  const nginx = await serveByNginx({ name: 'recording.mp4', content })
  try {
    const common = { sizeBytes: content.byteLength, partBytes, connections, seconds: deliverySeconds }
    const byStorage: Delivery[] = []
    const byNginx: Delivery[] = []
    for (let turn = 0; turn < deliveryRounds; turn += 1) {
      byStorage.push(await measureDelivery(storageUrl, { ...common, pids: storagePids }))
      if (!nginx) continue
      const pids = listProcessTree(nginx.pid).map(({ pid }) => pid)
      byNginx.push(await measureDelivery(nginx.url, { ...common, pids }))
    }
    return {
      storage: middle(byStorage),
      nginx: nginx ? { version: nginx.version, ...middle(byNginx) } : null,
    }
  } finally {
    await nginx?.stop()
  }
}

function middle(rounds: readonly Delivery[]): Delivery {
  const processor = rounds.flatMap(({ processorMsPerPart }) => processorMsPerPart ?? [])
  return {
    partsPerSecond: Math.round(median(rounds.map(({ partsPerSecond }) => partsPerSecond))),
    megabytesPerSecond: Math.round(median(rounds.map(({ megabytesPerSecond }) => megabytesPerSecond))),
    processorMsPerPart: processor.length > 0 ? Math.round(median(processor) * 100) / 100 : null,
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function format(report: Report): string {
  const { machine, stalls, failures, delivery } = report
  const row = (name: string, { partsPerSecond, megabytesPerSecond, processorMsPerPart }: Delivery) =>
    `| ${name} | ${partsPerSecond} | ${megabytesPerSecond} | ${processorMsPerPart ?? '–'} |`
  const share = delivery.nginx && delivery.storage.partsPerSecond / delivery.nginx.partsPerSecond
  return [
    `${report.listeners} listeners, ${report.seconds} s after the last arrived; ${machine.cpus} processors, load ${machine.load.before} before and ${machine.load.after} after; the listeners use the same processors`,
    '',
    '| press to sound ms, p50 / p95 | a part ms, p50 / p95 | MB a second | stalls | listeners with one | longest stall ms | failed requests | never started |',
    '| ---------------------------: | -------------------: | ----------: | -----: | -----------------: | ---------------: | --------------: | ------------: |',
    `| ${report.startMs.p50} / ${report.startMs.p95} | ${report.partMs.p50} / ${report.partMs.p95} | ${report.megabytesPerSecond} | ${stalls.count} | ${stalls.listeners} | ${stalls.longestMs} | ${failures.count} | ${failures.neverStarted} |`,
    ...failures.examples,
    '',
    `Parts of ${partBytes / 1000} kB of one file, ${connections} at once, medians of ${deliveryRounds} rounds in turn:`,
    '',
    '| server | parts a second | MB a second | processor ms for each |',
    '| ------ | -------------: | ----------: | --------------------: |',
    row('storage', delivery.storage),
    ...(delivery.nginx ? [row(delivery.nginx.version, delivery.nginx)] : []),
    '',
    share === null
      ? 'nginx was not measured: it is not installed here.'
      : `The storage delivers ${Math.round(share * 100)} % of what nginx does.`,
  ].join('\n')
}
