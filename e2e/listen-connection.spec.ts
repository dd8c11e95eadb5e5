import type { Page } from '@playwright/test'
import { clock, expectPlaying, findReadySermon, playButton, type ReadySermon } from './fixtures/listening.ts'
import { expect, test } from './fixtures/test.ts'

let sermon: ReadySermon

test.beforeAll(async ({ request }) => {
  sermon = await findReadySermon(request)
})

test.describe('without a connection', () => {
  test.use({ allowedErrors: [/net::ERR_FAILED/] })

  test('a recording that cannot be reached shows an error, and plays after a retry', async ({ page }) => {
    await page.goto(`/sermons/${sermon.slug}`)
    await page.route('**/hls/**', (route) => route.abort())
    await playButton(page, sermon).click()
    await expect(page.getByText('The recording could not be reached.')).toBeVisible({ timeout: 60_000 })
    await page.unroute('**/hls/**')
    await page
      .getByRole('article')
      .getByRole('button', { name: `Try ${sermon.title} again` })
      .locator('visible=true')
      .click()
    await expectPlaying(page)
    await expect(page.getByText('The recording could not be reached.')).toBeHidden()
  })
})

test.describe('with a server that does not answer', () => {
  test.use({ allowedErrors: [/net::ERR_FAILED|status of 400/] })

  test('a stalled recording shows a notice within a second, and resumes at its position when the server answers', async ({
    page,
  }) => {
    await page.addInitScript(() => {
      let isLate = false
      const startClock = () => setTimeout(() => (isLate = true), 1000)
      document.addEventListener('waiting', startClock, { capture: true, once: true })
      new MutationObserver(() => {
        if (
          window.noticeInTime === undefined &&
          document.body?.textContent?.includes('Waiting for the recording.')
        )
          window.noticeInTime = !isLate
      }).observe(document, { subtree: true, childList: true, characterData: true })
    })
    await page.goto(`/sermons/${sermon.slug}`)
    await playButton(page, sermon).click()
    await expectPlaying(page)
    await page.route(/\/hls\/|\/storage\//, (route) => route.abort())
    const timeline = page.getByRole('slider', { name: 'Position', exact: true })
    await timeline.focus()
    await page.keyboard.press('PageUp')
    await page.keyboard.press('PageUp')
    await expect(page.getByText('Waiting for the recording.')).toBeVisible()
    expect(await page.evaluate(() => window.noticeInTime)).toBe(true)
    await expect(timeline).toHaveAttribute('aria-valuetext', /^2 minutes/)

    await page.unroute(/\/hls\/|\/storage\//)
    await expect(page.getByText('Waiting for the recording.')).toBeHidden({ timeout: 60_000 })
    await expectPlaying(page)
    expect(await clock(page)).toBeGreaterThan(119)
    await expect(timeline).toHaveAttribute('aria-valuetext', /^2 minutes/)
  })

  test('audio that is refused repeatedly is requested from a new playlist, at the same position and speed', async ({
    page,
  }) => {
    let isRefusing = false
    let refused = 0
    await page.route(/\.m3u8/, async (route) => {
      isRefusing = false
      await route.continue()
    })
    await page.route(/\.mp4/, async (route) => {
      if (!isRefusing) return route.continue()
      refused += 1
      await route.fulfill({ status: 400, json: { error: 'InvalidJWT' } })
    })
    await page.goto(`/sermons/${sermon.slug}`)
    await playButton(page, sermon).click()
    await expectPlaying(page)
    await page.getByLabel('Speed').locator('visible=true').selectOption('0.75')
    const timeline = page.getByRole('slider', { name: 'Position', exact: true })
    // Each target is outside the buffered part.
    for (const { keys, fromSecond } of [
      { keys: ['PageUp', 'PageUp'], fromSecond: 119 },
      { keys: ['Home'], fromSecond: 0 },
    ]) {
      isRefusing = true
      refused = 0
      await timeline.focus()
      for (const key of keys) await page.keyboard.press(key)
      await expect.poll(() => refused, { message: 'the audio is refused' }).toBeGreaterThan(0)
      await expectPlaying(page)
      const second = await clock(page)
      expect(second).toBeGreaterThan(fromSecond)
      expect(second).toBeLessThan(fromSecond + 30)
      expect(await page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.playbackRate)).toBe(0.75)
    }
  })
})

test.describe('with broken audio', () => {
  // What hls.js attaches in place of the broken audio is detached at once.
  test.use({ allowedErrors: [/ERR_FILE_NOT_FOUND \(blob:/] })

  test.beforeEach(({ page }) =>
    page.addInitScript(() =>
      document.addEventListener('error', ({ target }) => (window.brokenAudio = target), { capture: true }),
    ),
  )

  const isBroken = (page: Page) => page.evaluate(() => window.brokenAudio instanceof HTMLAudioElement)
  /** Breaks the audio that is requested from now on, but for the first requests, until the browser reports it. */
  const breakAudio = async (page: Page, { afterRequests }: { afterRequests: number }) => {
    let requests = 0
    await page.route(/\.mp4/, async (route) => {
      requests += 1
      if (requests <= afterRequests || (await isBroken(page))) return route.continue()
      const response = await route.fetch()
      await route.fulfill({ response, body: spoilSound(await response.body()) })
    })
  }

  test('audio that cannot be decoded after a jump is requested again at the same place, and plays on', async ({
    page,
  }) => {
    await page.goto(`/sermons/${sermon.slug}`)
    await playButton(page, sermon).click()
    await expectPlaying(page)
    await breakAudio(page, { afterRequests: 0 })
    await page.getByRole('slider', { name: 'Position', exact: true }).focus()
    for (const _ of [1, 2]) await page.keyboard.press('PageUp')
    await expect.poll(() => isBroken(page), { message: 'the browser reports the broken audio' }).toBe(true)
    await expectPlaying(page)
    const second = await clock(page)
    expect(second).toBeGreaterThan(119)
    expect(second).toBeLessThan(150)
  })

  test('audio that cannot be decoded is requested again too when everything after it has arrived', async ({
    page,
  }) => {
    await page.goto(`/sermons/${sermon.slug}`)
    // What describes the audio and its first part.
    await breakAudio(page, { afterRequests: 2 })
    await playButton(page, sermon).click()
    await expect.poll(() => isBroken(page), { message: 'the browser reports the broken audio' }).toBe(true)
    await expectPlaying(page)
    expect(await clock(page)).toBeLessThan(60)
  })
})

/** Keeps what describes the sound, and overwrites the sound itself, so that only the decoder sees that it is broken. */
function spoilSound(part: Buffer): Buffer {
  for (let at = 0; at + 8 <= part.length; ) {
    const size = part.readUInt32BE(at)
    if (part.toString('latin1', at + 4, at + 8) === 'mdat') part.fill(0xff, at + 8, at + size)
    at += Math.max(8, size)
  }
  return part
}
