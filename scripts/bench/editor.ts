/**
 * `npm run bench -- editor [--json]`: measures how long the transcript editor takes from a key to the picture with its
 * letter, in the browser of the tests, with a transcript of 15,000 words of which a quarter are uncertain. Saves,
 * highlights and undo run as always.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { chromium, type Page } from 'playwright'
import { z } from 'zod'
import { startSelah } from '#harness/start-selah.ts'
import { chromiumLaunchOptions, unpackChromium } from '../../e2e/fixtures/chromium.ts'
import { buildWeb } from '../build/build-web.ts'
import { spread } from '../measure/percentiles.ts'

const root = path.resolve(import.meta.dirname, '../..')
const WORDS = 15_000
const LETTERS_PER_PLACE = 120
const LIMIT_MS = 50
/** A quick typist: 200 words a minute. */
const KEY_INTERVAL_MS = 60
const owner = { email: 'owner@example.org', password: `Psalm-${randomBytes(9).toString('base64url')}` }
const vocabulary =
  'grace and truth came through the word that was with us from the beginning of all things so we believe'.split(
    ' ',
  )

await buildWeb(root)
await unpackChromium()
const dataDir = await mkdtemp(path.join(tmpdir(), 'selah-bench-'))
const selah = await startSelah({
  dataDir,
  env: { SELAH_OWNER_EMAIL: owner.email, SELAH_OWNER_PASSWORD: owner.password, SELAH_SAMPLES: '0' },
})
try {
  const browser = await chromium.launch(chromiumLaunchOptions())
  const context = await browser.newContext({ baseURL: selah.url, viewport: { width: 1280, height: 832 } })
  const page = await context.newPage()
  const sermonId = await openSermon(page)
  const openedAt = performance.now()
  await page.goto(`/dashboard/sermons/${sermonId}/transcript`)
  const paragraphs = page.getByRole('textbox', { name: /^Paragraph at/ })
  await paragraphs.last().waitFor()
  const openedMs = Math.round(performance.now() - openedAt)
  const count = await paragraphs.count()
  const places = []
  for (const share of [0, 0.5, 1]) {
    await paragraphs.nth(Math.round((count - 1) * share)).click()
    await page.keyboard.press('Control+End')
    places.push({ place: share, ms: spread(await measureTyping(page)) })
  }
  await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
  const machine = { cpus: availableParallelism(), load: loadavg().map((load) => Math.round(load * 10) / 10) }
  const report = { machine, words: WORDS, paragraphs: count, openedMs, limitMs: LIMIT_MS, places }
  if (process.argv.includes('--json')) console.log(JSON.stringify(report))
  else {
    console.log(
      `${WORDS} words in ${count} paragraphs, shown after ${openedMs} ms; load ${machine.load.join(', ')}`,
    )
    for (const { place, ms } of places) {
      console.log(`typing at ${place * 100} %: p50 ${ms.p50} ms, p95 ${ms.p95} ms from key to picture`)
    }
  }
  await browser.close()
  if (places.some(({ ms }) => ms.p95 > LIMIT_MS)) process.exitCode = 1
} finally {
  await selah.stop()
  await rm(dataDir, { recursive: true, force: true })
}

/** Signs in and adds a sermon with uncertain words. */
async function openSermon(page: Page): Promise<string> {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(owner.email)
  await page.getByLabel('Password').fill(owner.password)
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/dashboard')
  const text = Array.from({ length: WORDS }, (_, at) => {
    const word = vocabulary[at % vocabulary.length] ?? ''
    return at % 13 === 12 ? `${word}.` : word
  }).join(' ')
  const answer = await page.request.post('/api/v1/sermons/text', {
    headers: { origin: selah.url },
    data: { title: 'A long sermon', text },
  })
  const { sermon } = z.object({ sermon: z.object({ id: z.uuid() }).loose() }).parse(await answer.json())
  const database = new pg.Client({ connectionString: await readConnection() })
  await database.connect()
  await database.query(
    `update transcripts set confidences = (
       select jsonb_agg(case when at % 4 = 0 then 0.3 else 0.9 end) from generate_series(1, $2) at)
     where sermon_id = $1`,
    [sermon.id, WORDS],
  )
  await database.end()
  return sermon.id
}

/** The times from each key to the end of the frame that shows it. */
async function measureTyping(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = []
    const onKey = ({ timeStamp }: KeyboardEvent) => {
      // A message after a frame has begun arrives when the frame has been drawn.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => times.push(performance.now() - timeStamp)
        port2.postMessage(null)
      })
    }
    document.addEventListener('keydown', onKey, { capture: true })
    Object.assign(window, {
      endMeasurement() {
        document.removeEventListener('keydown', onKey, { capture: true })
        return times
      },
    })
  })
  const typed = ' for so it is written in the book of the prophets'.repeat(4).slice(0, LETTERS_PER_PLACE)
  await page.keyboard.type(typed, { delay: KEY_INTERVAL_MS })
  const measured = z.array(z.number()).parse(await page.evaluate('window.endMeasurement()'))
  if (measured.length < LETTERS_PER_PLACE / 2) throw new Error('Most of the keys were not measured.')
  return measured
}

async function readConnection(): Promise<string> {
  const runtime: unknown = JSON.parse(await readFile(path.join(dataDir, 'runtime.json'), 'utf8'))
  return z.object({ databaseUrl: z.string() }).loose().parse(runtime).databaseUrl
}
