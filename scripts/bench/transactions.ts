/**
 * `npm run bench -- transactions [--json]`: measures how long the product keeps transactions of the embedded database
 * open, and the longest time in one in which it ran no statement, while sermons are added, heard, changed and removed
 * from several places at once.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { makeWav } from '#harness/media/make-wav.ts'
import { startSelah } from '#harness/start-selah.ts'
import { buildWeb } from '../build/build-web.ts'
import { percentile } from '../measure/percentiles.ts'
import { type Api, connectApi } from '../selah/connect-api.ts'
import { importSermon } from '../selah/import-sermon.ts'

const root = path.resolve(import.meta.dirname, '../..')
const PEOPLE = 4
const ROUNDS = 12
const RECORDINGS = 4
const owner = { email: 'owner@example.org', password: `Psalm-${randomBytes(9).toString('base64url')}` }
const transactionSchema = z.object({
  name: z.string(),
  heldMs: z.number(),
  longestPauseMs: z.number(),
  blocked: z.boolean(),
})

await buildWeb(root)
const folder = await mkdtemp(path.join(tmpdir(), 'selah-bench-'))
const recorded = path.join(folder, 'transactions.jsonl')
const recorder = pathToFileURL(path.join(root, 'scripts/measure/record-transactions.mjs')).href
const selah = await startSelah({
  dataDir: path.join(folder, 'data'),
  env: {
    SELAH_OWNER_EMAIL: owner.email,
    SELAH_OWNER_PASSWORD: owner.password,
    SELAH_SAMPLES: '0',
    SELAH_BACKUPS_KEEP: '0',
    SELAH_MEASURED_TRANSACTIONS: recorded,
    NODE_OPTIONS: `--import ${recorder}`,
  },
})
try {
  Object.assign(process.env, {
    SELAH_URL: selah.url,
    SELAH_OWNER_EMAIL: owner.email,
    SELAH_OWNER_PASSWORD: owner.password,
  })
  const api = await connectApi()
  await Promise.all([
    ...Array.from({ length: PEOPLE }, (_, person) => workWithTexts(api, person)),
    ...Array.from({ length: RECORDINGS }, (_, index) => workWithRecording(api, index)),
  ])
  await api.close()
} finally {
  await selah.stop()
}
const lines = (await readFile(recorded, 'utf8')).trim().split('\n')
await rm(folder, { recursive: true, force: true })
const transactions = lines.map((line) => transactionSchema.parse(JSON.parse(line)))
const names = [...new Set(transactions.map(({ name }) => name))]
const rows = ['all', ...names]
  .map((name) =>
    summarise(name, name === 'all' ? transactions : transactions.filter((one) => one.name === name)),
  )
  .sort((a, b) => b.pauseMs.max - a.pauseMs.max)
const machine = { cpus: availableParallelism(), load: loadavg().map((load) => Math.round(load * 10) / 10) }
if (process.argv.includes('--json')) console.log(JSON.stringify({ machine, rows }))
else {
  console.log(`load ${machine.load.join(', ')}`)
  console.log(
    'transaction | number | held p50 / p99 / max, ms | longest pause p50 / p99 / max, ms | paused while others waited',
  )
  for (const { name, count, heldMs, pauseMs, blocked } of rows) {
    const figures = [heldMs, pauseMs].map(({ p50, p99, max }) => `${p50} / ${p99} / ${max}`)
    console.log([name, count, ...figures, blocked].join(' | '))
  }
}

/** Adds texts, publishes, changes, removes and restores them, as a person in the dashboard does. */
async function workWithTexts(api: Api, person: number): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const created = await api.request('POST', '/api/v1/sermons/text', {
      title: `Text ${round} of ${person}`,
      speaker: `Speaker ${person}`,
      series: `Series ${round % 3}`,
      text: 'Grace to you and peace from God our Father. '.repeat(40),
      publish: round % 2 === 0,
    })
    const { id } = z.object({ sermon: z.object({ id: z.string() }).loose() }).parse(created).sermon
    const sermon = `/api/v1/sermons/${id}`
    await api.request('PATCH', sermon, { title: `Changed ${round} of ${person}` })
    await api.request('POST', `${sermon}/publish`)
    await api.request('POST', '/api/v1/ask', { question: 'Where does peace come from?' })
    await api.request('POST', `${sermon}/unpublish`)
    await api.request('DELETE', sermon)
    if (round % 3 === 0) await api.request('POST', `${sermon}/restore`)
  }
}

async function workWithRecording(api: Api, index: number): Promise<void> {
  const file = path.join(folder, `recording-${index}.wav`)
  await writeFile(file, makeWav({ durationMs: 8000 }))
  const options = { title: `Recording ${index}`, publish: true, wait: true, shift: false }
  const { id } = await importSermon(api, file, options, () => {})
  await api.request('DELETE', `/api/v1/sermons/${id}`)
}

function summarise(name: string, of: readonly z.infer<typeof transactionSchema>[]) {
  const spreadOf = (values: number[]) => ({
    p50: percentile(values, 0.5),
    p99: percentile(values, 0.99),
    max: percentile(values, 1),
  })
  return {
    name,
    count: of.length,
    heldMs: spreadOf(of.map(({ heldMs }) => heldMs)),
    pauseMs: spreadOf(of.map(({ longestPauseMs }) => longestPauseMs)),
    blocked: of.filter(({ blocked }) => blocked).length,
  }
}
