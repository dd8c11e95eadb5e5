import type { Page } from '@playwright/test'
import {
  clock,
  expectPlaying,
  findReadySermon,
  isSilent,
  playButton,
  type ReadySermon,
} from './fixtures/listening.ts'
import { signIn } from './fixtures/member.ts'
import { expect, test } from './fixtures/test.ts'

declare global {
  interface Window {
    hasPlaces?: boolean
  }
}

let sermon: ReadySermon

test.beforeAll(async ({ request }) => {
  sermon = await findReadySermon(request)
})

type Place = { sermonId: string; positionMs: number; finished: boolean }

/** Where the server has the listener. */
async function placeOf(page: Page): Promise<Place | undefined> {
  const { positions }: { positions: Place[] } = await (await page.request.get('/api/v1/me/positions')).json()
  return positions.find(({ sermonId }) => sermonId === sermon.id)
}

/** Opens the sermon on a device of the signed-in listener, with the places of the server. */
/** Opens the sermon and waits until the page has the places of the listener's other devices. */
async function openSermon(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.addEventListener('selah:places-arrived', () => {
      window.hasPlaces = true
    })
  })
  await page.goto(`/sermons/${sermon.slug}`)
  await page.waitForFunction(() => window.hasPlaces)
}

const pause = (page: Page) =>
  page.getByRole('region', { name: 'Player' }).getByRole('button', { name: 'Pause' }).click()

async function seek(page: Page, ...keys: string[]): Promise<void> {
  const timeline = page.getByRole('slider', { name: 'Position', exact: true })
  await timeline.focus()
  for (const key of keys) await page.keyboard.press(key)
}

test('the place of a listener follows them from one browser to another, and is never put back', async ({
  page: desk,
  browser,
  baseURL,
}) => {
  const phoneContext = await browser.newContext({ ...(baseURL ? { baseURL } : {}) })
  const phone = await phoneContext.newPage()
  await signIn(desk)
  await signIn(phone)

  await test.step('what was heard on one device continues on the other', async () => {
    await openSermon(desk)
    await playButton(desk, sermon).click()
    await expectPlaying(desk)
    await seek(desk, 'PageUp')
    await expect.poll(() => clock(desk)).toBeGreaterThan(59)
    await pause(desk)
    await expect.poll(async () => (await placeOf(desk))?.positionMs).toBeGreaterThan(59_000)
    await openSermon(phone)
    await playButton(phone, sermon).click()
    await expectPlaying(phone)
    expect(await clock(phone)).toBeGreaterThan(59)
  })

  await test.step('a tab that stayed open continues where the listener is now', async () => {
    await seek(phone, 'PageUp', 'PageUp')
    await expect.poll(() => clock(phone)).toBeGreaterThan(179)
    await pause(phone)
    await expect.poll(async () => (await placeOf(phone))?.positionMs).toBeGreaterThan(179_000)
    const asked = desk.waitForResponse((response) => response.url().endsWith('/me/positions'))
    await desk.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await asked
    await desk
      .getByRole('region', { name: 'Player' })
      .getByRole('button', { name: 'Play', exact: true })
      .click()
    await expectPlaying(desk)
    expect(await clock(desk)).toBeGreaterThan(179)
    await pause(desk)
    expect((await placeOf(desk))?.positionMs).toBeGreaterThan(179_000)
  })

  await test.step('what a device sends late does not put the place back', async () => {
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString()
    const answer = await phone.request.put(`/api/v1/me/positions/${sermon.id}`, {
      headers: { origin: baseURL ?? '' },
      data: { positionMs: 5000, listenedAt: hourAgo },
    })
    expect((await answer.json()).positionMs).toBeGreaterThan(179_000)
  })

  await test.step('the end of the sermon resets the place on every device', async () => {
    await desk
      .getByRole('region', { name: 'Player' })
      .getByRole('button', { name: 'Play', exact: true })
      .click()
    await expectPlaying(desk)
    await seek(desk, 'End')
    await expect
      .poll(() => placeOf(desk), { timeout: 60_000 })
      .toMatchObject({ positionMs: 0, finished: true })
    await openSermon(phone)
    await playButton(phone, sermon).click()
    await expectPlaying(phone)
    expect(await clock(phone)).toBeLessThan(30)
    await pause(phone)
  })
  await phoneContext.close()
})

test('two tabs of a browser keep one place', async ({ page, context }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  await playButton(page, sermon).click()
  await expectPlaying(page)
  await pause(page)
  const other = await context.newPage()
  await other.goto(`/sermons/${sermon.slug}?t=120`)
  const play = other
    .getByRole('region', { name: 'Player' })
    .getByRole('button', { name: 'Play', exact: true })
  if (await play.isVisible()) await play.click()
  await expectPlaying(other)

  await test.step('and never play at once', async () => {
    const playFirst = page
      .getByRole('region', { name: 'Player' })
      .getByRole('button', { name: 'Play', exact: true })
    await playFirst.click()
    await expectPlaying(page)
    await expect.poll(() => isSilent(other)).toBe(true)
    await other
      .getByRole('region', { name: 'Player' })
      .getByRole('button', { name: 'Play', exact: true })
      .click()
    await expectPlaying(other)
    await expect.poll(() => isSilent(page)).toBe(true)
  })
  await other.close()
  await page
    .getByRole('region', { name: 'Player' })
    .getByRole('button', { name: 'Play', exact: true })
    .click()
  await expectPlaying(page)
  expect(await clock(page)).toBeGreaterThan(119)
})

test('a sermon plays on a 3G network, also after a jump', async ({ page }) => {
  const network = await page.context().newCDPSession(page)
  await network.send('Network.enable')
  await page.goto(`/sermons/${sermon.slug}`)
  await network.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: 300 },
    ...{ downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 },
  })
  await playButton(page, sermon).click()
  await expect.poll(() => clock(page), { timeout: 30_000 }).toBeGreaterThan(0.5)
  await expectPlaying(page)
  await seek(page, 'PageUp', 'PageUp')
  await expect.poll(() => clock(page), { timeout: 30_000 }).toBeGreaterThan(120.5)
  await expectPlaying(page)
  await expect(page.getByText('Waiting for the recording.')).toBeHidden()
})

test('a tab that crashes loses less than a second of the place', async ({ page, context }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  await playButton(page, sermon).click()
  await expectPlaying(page)
  await seek(page, 'PageUp')
  await expect.poll(() => clock(page)).toBeGreaterThan(61)
  const reached = await clock(page)
  const other = await context.newPage()
  // A crash runs no code of the page.
  const crashed = page.waitForEvent('crash')
  void page.goto('chrome://crash').catch(() => undefined)
  await crashed
  await other.goto(`/sermons/${sermon.slug}`)
  await playButton(other, sermon).click()
  await expectPlaying(other)
  const key = `selah:place:${sermon.id}`
  const kept = await other.evaluate((name) => Number(localStorage.getItem(name)?.split('@')[0]), key)
  expect(kept).toBeGreaterThan((reached - 1) * 1000)
})

test.describe('with a media server that fails', () => {
  test.use({ allowedErrors: [/net::ERR_|status of 503/] })

  test('a load that fails never moves the place', async ({ page }) => {
    await signIn(page)
    await openSermon(page)
    await playButton(page, sermon).click()
    await expectPlaying(page)
    await seek(page, 'Home', 'PageUp')
    await expect.poll(() => clock(page)).toBeGreaterThan(59)
    await pause(page)
    await expect.poll(async () => (await placeOf(page))?.positionMs).toBeGreaterThan(59_000)
    const before = await placeOf(page)
    await page.route('**/hls/**', (route) => route.abort())
    await page.goto(`/sermons/${sermon.slug}`)
    await playButton(page, sermon).click()
    await expect(page.getByText('The recording could not be reached.')).toBeVisible({ timeout: 60_000 })
    await page.goto('/search')
    expect(await placeOf(page)).toEqual(before)
    await page.unroute('**/hls/**')
    await page.goto(`/sermons/${sermon.slug}`)
    await playButton(page, sermon).click()
    await expectPlaying(page)
    expect(await clock(page)).toBeGreaterThan(59)
  })

  for (const [what, pattern] of [
    ['the playlist', /\.m3u8/],
    ['the audio', /\.mp4/],
  ] as const) {
    test(`a server that answers 503 for ${what} for half a minute interrupts, and nothing has to be pressed`, async ({
      page,
    }) => {
      const untilMs = { is: Number.POSITIVE_INFINITY }
      await page.route(pattern, (route) => {
        if (untilMs.is === Number.POSITIVE_INFINITY) untilMs.is = Date.now() + 30_000
        return Date.now() < untilMs.is ? route.fulfill({ status: 503 }) : route.continue()
      })
      await page.addInitScript(([key, place]) => localStorage.setItem(key, place), [
        `selah:place:${sermon.id}`,
        `61000@${Date.now()}`,
      ] as const)
      await page.goto(`/sermons/${sermon.slug}`)
      await playButton(page, sermon).click()
      await expect(page.getByText('Waiting for the recording.')).toBeVisible()
      await expect.poll(() => clock(page), { timeout: 120_000 }).toBeGreaterThan(61)
      await expectPlaying(page)
      await expect(page.getByText('Waiting for the recording.')).toBeHidden()
      expect(await isSilent(page)).toBe(false)
    })
  }

  test('a jump while the network is lost is made when it returns', async ({ page, context }) => {
    await page.goto(`/sermons/${sermon.slug}`)
    await playButton(page, sermon).click()
    await expectPlaying(page)
    await context.setOffline(true)
    await seek(page, 'PageUp', 'PageUp', 'PageUp')
    await expect(page.getByText('Waiting for the recording.')).toBeVisible()
    await context.setOffline(false)
    await expectPlaying(page)
    await expect(page.getByText('Waiting for the recording.')).toBeHidden()
    expect(await clock(page)).toBeGreaterThan(179)
  })
})
