/**
 * `npm run bench -- web [--json]`: measures what a first visitor waits for, in the browser of the tests, on a new
 * installation with its samples: the largest paint, layout shift, script and font bytes of the home page and a sermon,
 * and the times from the press of play to sound and from a jump to sound (by a key, and by a pointer from its release),
 * without and with 80 ms added to each request, with the longest delay from an input to the next frame and the bytes of
 * the first 30 seconds.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright'
import { z } from 'zod'
import { startSelah } from '#harness/start-selah.ts'
import { chromiumLaunchOptions, unpackChromium } from '../../e2e/fixtures/chromium.ts'
import { tabTo } from '../../e2e/fixtures/tab-to.ts'
import { buildWeb } from '../build/build-web.ts'
import { type Spread, spread } from '../measure/percentiles.ts'

const root = path.resolve(import.meta.dirname, '../..')
const rounds = 7
const latenciesMs = [0, 80]
const samplesWithinMs = 300_000
/** How long a finger or a mouse button stays down at least when people press something. */
const pressMs = 80
const phone = {
  viewport: { width: 412, height: 823 },
  deviceScaleFactor: 1.75,
  isMobile: true,
  hasTouch: true,
}

interface PageCost {
  page: string
  largestPaintMs: Spread
  layoutShift: number
  scriptKilobytes: number
  fontKilobytes: number
}
interface SoundCost {
  latencyMs: number
  pressToSoundMs: Spread
  jumpToSoundMs: Spread
  /** From the release of a pointer on the timeline. */
  pointerJumpToSoundMs: Spread
  /** From an input to the end of the frame that shows its effect, the longest of each visit. */
  inputToFrameMs: Spread
  /** Of the recording and its playlists, from the press of play. */
  bytesIn30Seconds: number
}

const listSchema = z.object({
  sermons: z.array(z.object({ slug: z.string(), facets: z.record(z.string(), z.string()) })),
})

await buildWeb(root)
await unpackChromium()
const dataDir = await mkdtemp(path.join(root, '.cache/data-'))
const selah = await startSelah({ dataDir })
try {
  const slug = await waitForSample(selah.url)
  const browser = await chromium.launch(chromiumLaunchOptions())
  try {
    const paths = ['/', `/sermons/${slug}`]
    const pages: PageCost[] = []
    for (const page of paths) pages.push(await measurePage(browser, selah.url, page))
    const sound: SoundCost[] = []
    for (const latencyMs of latenciesMs)
      sound.push(await measureSound(browser, `${selah.url}/sermons/${slug}`, latencyMs))
    const load = loadavg().map((value) => Number(value.toFixed(1)))
    const report = { machine: { cpus: availableParallelism(), load }, rounds, pages, sound }
    console.log(process.argv.includes('--json') ? JSON.stringify(report, null, 2) : format(report))
  } finally {
    await browser.close()
  }
} finally {
  await selah.stop()
  await rm(dataDir, { recursive: true, force: true })
}

async function waitForSample(url: string): Promise<string> {
  const deadline = Date.now() + samplesWithinMs
  for (;;) {
    const { sermons } = listSchema.parse(await (await fetch(`${url}/api/v1/sermons`)).json())
    const [first] = sermons
    if (first && sermons.every(({ facets }) => Object.values(facets).every((status) => status === 'ready')))
      return first.slug
    if (Date.now() > deadline) throw new Error('The samples were not ready in time.')
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}

/** Opens `page` as a first visit on a phone, several times, with nothing in the cache of the browser. */
async function measurePage(browser: Browser, url: string, page: string): Promise<PageCost> {
  const paints: number[] = []
  let cost = { layoutShift: 0, scriptKilobytes: 0, fontKilobytes: 0 }
  for (let round = 0; round < rounds; round += 1) {
    const context = await browser.newContext(phone)
    const visit = await context.newPage()
    const sizes = { scripts: 0, fonts: 0 }
    const bodies: Promise<void>[] = []
    visit.on('response', (response) => {
      const { pathname } = new URL(response.url())
      const kind = pathname.endsWith('.js') ? 'scripts' : pathname.endsWith('.woff2') ? 'fonts' : null
      if (!kind) return
      bodies.push(
        response.body().then((body) => {
          sizes[kind] += kind === 'scripts' ? gzipSync(body).byteLength : body.byteLength
        }),
      )
    })
    await visit.goto(`${url}${page}`, { waitUntil: 'networkidle' })
    await Promise.all(bodies)
    const seen = await visit.evaluate(readPaints)
    paints.push(seen.largestPaintMs)
    cost = {
      layoutShift: Math.max(cost.layoutShift, seen.layoutShift),
      scriptKilobytes: Math.round(sizes.scripts / 100) / 10,
      fontKilobytes: Math.round(sizes.fonts / 100) / 10,
    }
    await context.close()
  }
  return { page, largestPaintMs: spread(paints), ...cost }
}

/** Runs in the page: what the browser has noted since it was opened. */
function readPaints(): Promise<{ largestPaintMs: number; layoutShift: number }> {
  const read = (type: string) =>
    new Promise<PerformanceEntry[]>((resolve) => {
      const observer = new PerformanceObserver((list) => {
        resolve(list.getEntries())
        observer.disconnect()
      })
      observer.observe({ type, buffered: true })
      // A page without an entry of this type calls nothing.
      setTimeout(() => resolve([]), 500)
    })
  return Promise.all([read('largest-contentful-paint'), read('layout-shift')]).then(([paints, shifts]) => ({
    largestPaintMs: paints.at(-1)?.startTime ?? Number.NaN,
    layoutShift: shifts.reduce((sum, shift) => sum + ('value' in shift ? Number(shift.value) : 0), 0),
  }))
}

async function measureSound(browser: Browser, address: string, latencyMs: number): Promise<SoundCost> {
  const presses: number[] = []
  const jumps: number[] = []
  const pointerJumps: number[] = []
  const inputs: number[] = []
  let bytesIn30Seconds = 0
  for (let round = 0; round < rounds; round += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    const page = await context.newPage()
    await page.goto(address, { waitUntil: 'networkidle' })
    await delay(context, page, latencyMs)
    const play = page
      .getByRole('article')
      .getByRole('button', { name: /^Play (?!next$)/ })
      .locator('visible=true')
    await play.waitFor()
    await page.evaluate(watchInputs)
    // Without jumps, which fetch other parts.
    if (round === 0) bytesIn30Seconds = await countBytes(context, page, () => play.click())
    else presses.push(await untilSound(page, () => play.click()))
    const timeline = page.getByRole('slider', { name: 'Position', exact: true })
    await tabTo(page, timeline)
    for (const key of ['PageUp', 'PageUp']) jumps.push(await untilSound(page, () => page.keyboard.press(key)))
    pointerJumps.push(await untilSound(page, () => pressTimeline(page, timeline), 'pointerup'))
    inputs.push(Number(await page.evaluate(() => document.body.dataset.longestInputMs ?? '0')))
    await context.close()
  }
  return {
    latencyMs,
    pressToSoundMs: spread(presses),
    jumpToSoundMs: spread(jumps),
    pointerJumpToSoundMs: spread(pointerJumps),
    inputToFrameMs: spread(inputs),
    bytesIn30Seconds,
  }
}

/** Jumps to a place that has not been fetched. */
async function pressTimeline(page: Page, timeline: Locator): Promise<void> {
  const box = await timeline.boundingBox()
  if (!box) throw new Error('The timeline is not shown.')
  await page.mouse.click(box.x + box.width * 0.8, box.y + box.height / 2, { delay: pressMs })
}

/** Runs in the page: notes the longest input. Inputs of less than 16 ms are not reported by browsers. */
function watchInputs(): void {
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      const before = Number(document.body.dataset.longestInputMs ?? '0')
      document.body.dataset.longestInputMs = String(Math.max(before, duration))
    }
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
}

/** The bytes that arrive in the 30 seconds after `act`, with their headers. */
async function countBytes(context: BrowserContext, page: Page, act: () => Promise<void>): Promise<number> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  let bytes = 0
  devtools.on('Network.dataReceived', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await act()
  await new Promise((resolve) => setTimeout(resolve, 30_000))
  await devtools.detach()
  return bytes
}

/** Adds latency to every request, as a distant listener has it. */
async function delay(context: BrowserContext, page: Page, latencyMs: number): Promise<void> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: latencyMs,
    downloadThroughput: -1,
    uploadThroughput: -1,
  })
}

/**
 * Milliseconds, on the clock of the page, from the first input event of `act`, or from `startEvent`, until the position
 * advances again.
 */
async function untilSound(page: Page, act: () => Promise<void>, startEvent?: 'pointerup'): Promise<number> {
  await page.evaluate(
    (startNames) => {
      const audio = document.querySelector('audio')
      if (!audio) throw new Error('The page has no player.')
      let startedMs = Number.NaN
      let jumped = audio.paused
      let before = audio.currentTime
      const start = () => {
        startedMs = performance.now()
        before = audio.currentTime
        requestAnimationFrame(look)
      }
      const look = () => {
        const moved = audio.currentTime - before
        before = audio.currentTime
        if (moved > 1 && !jumped) jumped = true
        else if (jumped && moved > 0 && !audio.seeking && !audio.paused) {
          document.body.dataset.soundMs = String(performance.now() - startedMs)
          return
        }
        requestAnimationFrame(look)
      }
      delete document.body.dataset.soundMs
      for (const name of startNames) document.addEventListener(name, start, { capture: true, once: true })
    },
    startEvent ? [startEvent] : ['pointerdown', 'keydown'],
  )
  await act()
  const handle = await page.waitForFunction(() => document.body.dataset.soundMs, undefined, {
    timeout: 60_000,
  })
  return Number(await handle.jsonValue())
}

function format(report: {
  machine: { cpus: number; load: number[] }
  pages: PageCost[]
  sound: SoundCost[]
}): string {
  const { machine, pages, sound } = report
  return [
    `${machine.cpus} processors, load ${machine.load.join(' ')}; ${rounds} rounds, p50 / p95`,
    '',
    '| page | largest paint ms | layout shift | scripts kB gz | fonts kB |',
    '| ---- | ---------------: | -----------: | ------------: | -------: |',
    ...pages.map(
      ({ page, largestPaintMs: { p50, p95 }, layoutShift, scriptKilobytes, fontKilobytes }) =>
        `| ${page} | ${p50} / ${p95} | ${layoutShift.toFixed(3)} | ${scriptKilobytes} | ${fontKilobytes} |`,
    ),
    '',
    '| added latency | press to sound ms | jump by key to sound ms | jump by pointer to sound ms | input to frame ms | MB in 30 s |',
    '| ------------: | ----------------: | ----------------------: | --------------------------: | ----------------: | ---------: |',
    ...sound.map(
      ({
        latencyMs,
        pressToSoundMs,
        jumpToSoundMs,
        pointerJumpToSoundMs,
        inputToFrameMs,
        bytesIn30Seconds,
      }) =>
        `| ${latencyMs} ms | ${pressToSoundMs.p50} / ${pressToSoundMs.p95} | ${jumpToSoundMs.p50} / ${jumpToSoundMs.p95} | ${pointerJumpToSoundMs.p50} / ${pointerJumpToSoundMs.p95} | ${inputToFrameMs.p50} / ${inputToFrameMs.p95} | ${(bytesIn30Seconds / 1e6).toFixed(1)} |`,
    ),
  ].join('\n')
}
