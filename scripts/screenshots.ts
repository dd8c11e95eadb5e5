/**
 * `npm run screenshots`: takes the pictures in docs/images again, of a new installation with its samples,
 * in the browser of the tests.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { z } from 'zod'
import { startSelah } from '#harness/start-selah.ts'
import { chromiumLaunchOptions, unpackChromium } from '../e2e/fixtures/chromium.ts'
import { runCommand } from './bootstrap/run-command.mjs'
import { buildWeb } from './build/build-web.ts'

const root = path.resolve(import.meta.dirname, '..')
const images = path.join(root, 'docs/images')
const size = { width: 1280, height: 832 }
const samplesWithinMs = 300_000
const owner = { email: 'owner@example.org', password: randomBytes(12).toString('base64url') }

const library = z.object({
  sermons: z.array(z.object({ slug: z.string(), facets: z.record(z.string(), z.string()) })),
})

await runCommand(async () => {
  await buildWeb(root)
  await unpackChromium()
  await mkdir(images, { recursive: true })
  const dataDir = await mkdtemp(path.join(root, '.cache/data-'))
  const selah = await startSelah({
    dataDir,
    env: { SELAH_OWNER_EMAIL: owner.email, SELAH_OWNER_PASSWORD: owner.password },
  })
  try {
    await waitForSamples(selah.url)
    const browser = await chromium.launch(chromiumLaunchOptions())
    try {
      await takePicture(browser, selah.url, 'sermon', showSermon)
      await takePicture(browser, selah.url, 'ask', showAnswer)
      await takePicture(browser, selah.url, 'dashboard', showDashboard)
    } finally {
      await browser.close()
    }
  } finally {
    await selah.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return 0
})

async function waitForSamples(url: string): Promise<void> {
  const deadline = Date.now() + samplesWithinMs
  for (;;) {
    const { sermons } = library.parse(await (await fetch(`${url}/api/v1/sermons`)).json())
    const states = sermons.flatMap(({ facets }) => Object.values(facets))
    if (states.length > 0 && states.every((state) => state === 'ready')) return
    if (Date.now() > deadline) throw new Error('The samples were not ready in time.')
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}

async function takePicture(
  browser: Browser,
  url: string,
  name: string,
  show: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: size,
    locale: 'en-GB',
    colorScheme: 'light',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await show(page)
  await page.screenshot({ path: path.join(images, `${name}.png`) })
  await context.close()
  console.log(`docs/images/${name}.png`)
}

/** Shows a sermon in the middle of a sentence. */
async function showSermon(page: Page): Promise<void> {
  await page.goto('/sermons/the-peace-that-keeps-the-heart?t=9')
  await page.locator('[data-sentence][aria-current]').waitFor()
  await page.getByRole('region', { name: 'Player' }).getByRole('button', { name: 'Pause' }).waitFor()
  await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 12)
  await page.getByRole('region', { name: 'Player' }).getByRole('button', { name: 'Pause' }).click()
  await page.mouse.move(0, 0)
  await page.evaluate(() => window.scrollTo(0, 0))
}

async function showAnswer(page: Page): Promise<void> {
  await page.goto(`/ask?q=${encodeURIComponent('What should I do with my troubles?')}`)
  await page.getByText(/\d+ quotes? found/).waitFor({ state: 'attached' })
}

async function showDashboard(page: Page): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(owner.email)
  await page.getByLabel('Password').fill(owner.password)
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
  await page.locator('li[data-sermon]').first().waitFor()
}
