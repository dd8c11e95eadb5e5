import { gzipSync } from 'node:zlib'
import type { Locator, Page, Request, Response } from '@playwright/test'
import { clock, countShifts, expectPlaying, findReadySermon, type ReadySermon } from './fixtures/listening.ts'
import { expect, test } from './fixtures/test.ts'

// Sizes do not depend on the speed of the machine; times, and what moves when the fonts arrive, are measured by `npm run bench -- web`.

declare global {
  interface Window {
    /** Lets React do what it was about to do. */
    hydrate?: () => void
  }
}

/** What the scripts of a first view may weigh, in bytes, gzip. */
const homeScriptBytes = 170_000
const sermonScriptBytes = 190_000

let sermon: ReadySermon

test.beforeAll(async ({ request }) => {
  // Long enough for jumps whose parts are not those of the beginning.
  sermon = await findReadySermon(request, { minMs: 270_000 })
})

/** Opens a page as a first visit and returns what the browser fetched by itself. */
async function visit(page: Page, path: string) {
  const responses: Response[] = []
  page.on('response', (response) => responses.push(response))
  await page.goto(path, { waitUntil: 'networkidle' })
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  const bodies = async (isWanted: (url: URL) => boolean) =>
    Promise.all(
      responses
        .filter((response) => response.ok() && isWanted(new URL(response.url())))
        .map((response) => response.body()),
    )
  const scripts = await bodies(({ pathname }) => pathname.endsWith('.js'))
  const fonts = await bodies(({ pathname }) => pathname.endsWith('.woff2'))
  const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0)
  return {
    paths: responses.map((response) => new URL(response.url()).pathname),
    scripts,
    scriptBytes: sum(scripts.map((script) => gzipSync(script).byteLength)),
    fontBytes: sum(fonts.map((font) => font.byteLength)),
  }
}

/** When the page was painted first and loaded, and when its scripts were requested, in ms. */
const readTimes = (page: Page) =>
  page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation')
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    const resources = performance.getEntriesByType('resource')
    const scripts = resources.filter(({ name }) => name.endsWith('.js') && !name.includes('/starter-'))
    return {
      paintedMs: paint?.startTime ?? Number.NaN,
      loadedMs: navigation instanceof PerformanceNavigationTiming ? navigation.loadEventStart : Number.NaN,
      firstRequestedMs: Math.min(...scripts.map(({ startTime }) => startTime)),
      isListening: Object.keys(document).some((key) => key.startsWith('_reactListening')),
      scripts: scripts.length,
    }
  })

test('a page loads its scripts after the first paint, and counts as loaded when they have run', async ({
  page,
}) => {
  for (const path of ['/', `/sermons/${sermon.slug}`, '/search?q=peace']) {
    await page.goto(path, { waitUntil: 'load' })
    const { paintedMs, loadedMs, firstRequestedMs, isListening, scripts } = await readTimes(page)
    expect.soft(scripts, path).toBeGreaterThan(5)
    expect.soft(firstRequestedMs, path).toBeGreaterThanOrEqual(paintedMs)
    expect.soft(loadedMs, path).toBeGreaterThan(firstRequestedMs)
    expect.soft(isListening, path).toBe(true)
  }
})

/** Neither a paint nor the end of the waiting time is reported to the page. */
const withoutPaint = (page: Page) =>
  page.addInitScript(() => {
    Object.defineProperty(PerformanceObserver.prototype, 'observe', { value: () => undefined })
    const { setTimeout } = window
    Object.defineProperty(window, 'setTimeout', {
      value: (act: () => void, ms = 0) => (ms === 2000 ? 0 : setTimeout(act, ms)),
    })
  })

test('on a slow network the scripts are fetched without waiting for the paint, and run after it', async ({
  page,
  baseURL,
}) => {
  await withoutPaint(page)
  await page.addInitScript(() =>
    Object.defineProperty(navigator, 'connection', { value: Object.assign(new EventTarget(), { rtt: 600 }) }),
  )
  // To go there would wait for React.
  await page.evaluate((address) => window.location.assign(address), `${baseURL}/`)
  await expect(page.locator('link[rel=preload][as=script]')).not.toHaveCount(0)
  await expect.poll(async () => (await readTimes(page)).scripts).toBeGreaterThan(5)
  expect((await readTimes(page)).isListening).toBe(false)
})

test('a sermon does not jump while its scripts start', async ({ page }) => {
  await countShifts(page)
  for (const width of [390, 412, 1280]) {
    await page.setViewportSize({ width, height: 823 })
    await page.goto(`/sermons/${sermon.slug}`, { waitUntil: 'networkidle' })
    await expect(page.getByRole('button', { name: 'Save for offline' })).toBeVisible()
    expect.soft(await page.evaluate(() => window.shiftedBy), `${width} px`).toBeLessThan(0.02)
  }
})

test('a page that is opened in the background loads its scripts without a paint', async ({ page }) => {
  await withoutPaint(page)
  await page.addInitScript(() => Object.defineProperty(document, 'hidden', { value: true }))
  await page.goto('/', { waitUntil: 'load' })
  expect((await readTimes(page)).isListening).toBe(true)
})

test('the page of an error, which is blank without scripts, loads them without a paint', async ({ page }) => {
  await withoutPaint(page)
  await page.route('/', async (route) => {
    const response = await route.fetch()
    const html = await response.text()
    await route.fulfill({ response, body: html.replace('<html ', '<html id="__next_error__" ') })
  })
  await page.goto('/', { waitUntil: 'load' })
  expect((await readTimes(page)).isListening).toBe(true)
})

test('a press of play before the scripts have arrived is done when they have', async ({ context }) => {
  const arrival = Promise.withResolvers<void>()
  const page = await context.newPage()
  await page.route(/\/_next\/static\/chunks\/(?!starter-).*\.js$/, async (route) => {
    await arrival.promise
    await route.continue()
  })
  const requested = page.waitForRequest(/\/_next\/static\/chunks\/(?!starter-).*\.js$/)
  await page.goto(`/sermons/${sermon.slug}`, { waitUntil: 'commit' })
  const play = page
    .getByRole('button', { name: `Play ${sermon.title}` })
    .locator('visible=true')
    .first()
  await requested
  await play.click()
  await play.click()
  arrival.resolve()
  await expectPlaying(page)
})

test('a press of play that makes React hydrate the button is done once', async ({ context }) => {
  const page = await context.newPage()
  // A screen reader presses without a pointer before it. Its press cannot be made here, so that of a script counts.
  await page.route(/\/starter-/, async (route) => {
    const response = await route.fetch()
    const script = await response.text()
    expect(script).toContain('isTrusted && ')
    await route.fulfill({ response, body: script.replace('isTrusted && ', '') })
  })
  // React hydrates in tasks of a message channel: they are held back until the press.
  await page.addInitScript(() => {
    const { postMessage } = MessagePort.prototype
    const held: (() => void)[] = []
    MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown) {
      held.push(() => postMessage.call(this, message))
    }
    window.hydrate = () => {
      MessagePort.prototype.postMessage = postMessage
      for (const send of held) send()
    }
  })
  await page.goto(`/sermons/${sermon.slug}`)
  await page.waitForFunction(() => Object.keys(document).some((key) => key.startsWith('_reactListening')))
  const named = (name: string) => page.getByRole('button', { name }).locator('visible=true').first()
  await named(`Play ${sermon.title}`).evaluate((button: HTMLButtonElement) => button.click())
  await expect(named(`Pause ${sermon.title}`)).toBeVisible()
  await page.evaluate(() => window.hydrate?.())
  await expectPlaying(page)
})

for (const [place, width] of [
  ['on a desktop', 1280],
  ['on a phone', 390],
] as const) {
  test.describe(place, () => {
    test.use({ viewport: { width, height: 844 } })

    test('the home page loads at most 170 kB of scripts and 90 kB of fonts, which it names in its head', async ({
      page,
    }) => {
      const { paths, scriptBytes, fontBytes } = await visit(page, '/')
      expect.soft(scriptBytes, 'bytes of scripts, gzip').toBeLessThanOrEqual(homeScriptBytes)
      expect.soft(fontBytes, 'bytes of fonts').toBeLessThanOrEqual(90_000)
      expect.soft(fontBytes, 'the fonts are measured').toBeGreaterThan(20_000)
      const named = await page
        .locator('link[rel=preload][as=font]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
      expect(named.map((href) => paths.filter((path) => path === href).length)).toEqual([1, 1])
    })

    test('a sermon loads at most 190 kB of scripts, 90 kB of fonts, and streaming code when it plays', async ({
      page,
    }) => {
      const { scripts, scriptBytes, fontBytes } = await visit(page, `/sermons/${sermon.slug}`)
      expect.soft(scriptBytes, 'bytes of scripts, gzip').toBeLessThanOrEqual(sermonScriptBytes)
      expect.soft(fontBytes, 'bytes of fonts').toBeLessThanOrEqual(90_000)
      const isStreaming = (script: Buffer) => script.includes('hlsManifestLoading')
      expect(scripts.filter(isStreaming), 'streaming code before the press of play').toEqual([])
      const fetched = page.waitForResponse(
        async (response) => response.url().endsWith('.js') && isStreaming(await response.body()),
      )
      await page
        .getByRole('button', { name: `Play ${sermon.title}` })
        .locator('visible=true')
        .first()
        .click()
      await fetched
    })
  })
}

test('the press of play draws nothing: the image of the lock screen is drawn when there is sound', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const { getContext } = HTMLCanvasElement.prototype
    const note = function (this: HTMLCanvasElement, ...rest: Parameters<typeof getContext>) {
      const isPlaying = (document.querySelector('audio')?.currentTime ?? 0) > 0
      document.documentElement.dataset.drawn = isPlaying ? 'with sound' : 'before the sound'
      return getContext.apply(this, rest)
    }
    HTMLCanvasElement.prototype.getContext = note as typeof getContext
  })
  await page.goto(`/sermons/${sermon.slug}`)
  await pressPlay(page)
  await expect(page.locator('html')).toHaveAttribute('data-drawn', 'with sound')
})

test('a press on the timeline requests its part before the release, and only once', async ({ page }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  await pressPlay(page)
  await expectPlaying(page)
  const starts = noteParts(page)
  const timeline = await aimAtEnd(page)
  const pressed = page.waitForRequest((request) => partStart(request) > 1_000_000)
  await page.mouse.down()
  const prepared = partStart(await pressed)
  await page.mouse.up()
  const lengthSeconds = Number(await timeline.getAttribute('aria-valuemax'))
  await expect.poll(() => clock(page)).toBeGreaterThan(lengthSeconds * 0.85)
  await expectPlaying(page)
  expect(starts.filter((start) => start === prepared)).toEqual([prepared])
})

test('a jump by a key requests the part of the same jump again, before the key and only once', async ({
  page,
}) => {
  await page.goto(`/sermons/${sermon.slug}`)
  await pressPlay(page)
  await expectPlaying(page)
  const starts = noteParts(page)
  await aimAtEnd(page)
  await page.mouse.down()
  await page.mouse.up()
  await expectPlaying(page)
  // Back: what follows is fetched anyway. The parts of the beginning do not count.
  const farStarts = () => starts.filter((start) => start > 1_000_000)
  const place = Math.min(...farStarts())
  const jumped = () => farStarts().find((start) => start < place) ?? 0
  const prepared = () => farStarts().find((start) => start < jumped())
  await page.keyboard.press('PageDown')
  await expect.poll(prepared).toBeDefined()
  const before = await clock(page)
  await page.keyboard.press('PageDown')
  await expect.poll(() => clock(page)).toBeLessThan(before - 50)
  await expectPlaying(page)
  expect(starts.filter((start) => start === prepared())).toEqual([prepared()])
})

/** The first byte that a request of a part asks for; -1 for every other request. */
function partStart(request: Request): number {
  const isPart = new URL(request.url()).pathname.endsWith('.mp4')
  return isPart ? Number(/bytes=(\d+)/.exec(request.headers().range ?? '')?.[1] ?? -1) : -1
}

/** The first bytes of all parts that are requested from now on. */
function noteParts(page: Page): number[] {
  const starts: number[] = []
  page.on('request', (request) => starts.push(partStart(request)))
  return starts
}

/** Points at a place of the timeline far from what has been fetched. */
async function aimAtEnd(page: Page): Promise<Locator> {
  const timeline = page.getByRole('slider', { name: 'Position', exact: true })
  await timeline.scrollIntoViewIfNeeded()
  const box = await timeline.boundingBox()
  if (!box) throw new Error('The timeline is not shown.')
  await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2)
  return timeline
}

async function pressPlay(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: `Play ${sermon.title}` })
    .locator('visible=true')
    .first()
    .click()
}
