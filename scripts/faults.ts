/**
 * `npm run faults [-- --minutes=10 --only=kills,disk,clock,vendors --seed=1 --json]`: breaks a running installation in
 * every way that a church may meet, and checks that nothing was lost that Selah had confirmed. See
 * docs/operations/faults.md.
 */
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { buildWeb } from './build/build-web.ts'
import { cutRecording } from './crash-matrix/cut-recording.ts'
import { serveSpeech } from './crash-matrix/serve-speech.ts'
import { type FaultResult, printFaults } from './faults/fault-result.ts'
import { fillDisk } from './faults/fill-disk.ts'
import { type FaultSetting, killRandomly } from './faults/kill-randomly.ts'
import { stepClock } from './faults/step-clock.ts'
import { troubleVendors } from './faults/trouble-vendors.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    only: { type: 'string', default: 'kills,disk,clock,vendors' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
    json: { type: 'boolean', default: false },
  },
})
const recordingMs = 6_000

await buildWeb(path.resolve(import.meta.dirname, '..'))
const folder = await mkdtemp(path.join(tmpdir(), 'selah-faults-'))
const recording = await cutRecording(path.join(folder, 'recording'), recordingMs)
const speech = await serveSpeech(recording.words)
const kinds: Record<string, (setting: FaultSetting) => Promise<FaultResult>> = {
  kills: (setting) => killRandomly(setting, { minutes: Number(values.minutes), seed: Number(values.seed) }),
  disk: fillDisk,
  clock: stepClock,
  vendors: (setting) => troubleVendors(setting, speech),
}
const results: FaultResult[] = []
try {
  for (const kind of values.only.split(',')) {
    const run = kinds[kind]
    if (!run) throw new Error(`--only: there is no "${kind}". Choose from ${Object.keys(kinds).join(', ')}.`)
    const setting = {
      folder: path.join(folder, kind),
      env: { DEEPGRAM_API_KEY: 'key-of-the-faults', DEEPGRAM_BASE_URL: speech.url },
      recording,
      print: (line: string) => console.error(`${kind}: ${line}`),
    }
    const result = await run(setting).catch((error: unknown) => ({
      fault: kind,
      problems: [String(error)],
      figures: {},
    }))
    console.error(printFaults([result]))
    results.push(result)
  }
} finally {
  await speech.stop()
  await rm(folder, { recursive: true, force: true })
}
const ok = results.every(({ problems }) => problems.length === 0)
console.log(
  values.json ? JSON.stringify({ ok, results }, null, 2) : ok ? 'Nothing was lost.' : 'There are problems.',
)
process.exit(ok ? 0 : 1)
