import type { Locator } from '@playwright/test'
import { scaleText } from './fixtures/accessibility.ts'
import {
  clock,
  expectJumpTo,
  expectPlaying,
  findReadySermon,
  isSilent,
  playButton,
  type ReadySermon,
  recordJumps,
} from './fixtures/listening.ts'
import { expect, test } from './fixtures/test.ts'

let sermon: ReadySermon

test.beforeAll(async ({ request }) => {
  sermon = await findReadySermon(request)
})

test.beforeEach(({ page }) => recordJumps(page))

const secondOf = async (sentence: Locator): Promise<number> =>
  Number(new URL((await sentence.getAttribute('href')) ?? '', 'http://x').searchParams.get('t'))

test('a sermon plays, can be sought, and continues on other pages', async ({ page }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  await playButton(page, sermon).click()
  await expectPlaying(page)

  await test.step('the keyboard can skip right after pressing play', async () => {
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => clock(page)).toBeGreaterThan(15)
  })

  await test.step('the timeline works with the keyboard and announces its position', async () => {
    const timeline = page.getByRole('slider', { name: 'Position', exact: true })
    await timeline.focus()
    await page.keyboard.press('PageUp')
    await expect.poll(() => clock(page)).toBeGreaterThan(59)
    await expect(timeline).toHaveAttribute('aria-valuetext', /^1 minute.* of \d+ minutes?/)
    await expectPlaying(page)
  })

  await test.step('keys of the player work outside text fields', async () => {
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('k')
    await expect.poll(() => isSilent(page)).toBe(true)
    const before = await clock(page)
    await page.keyboard.press('j')
    await expectJumpTo(page, before - 15)
    await page.keyboard.press('k')
    await expectPlaying(page)
  })

  await test.step('playback continues while the listener opens other pages', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Search' }).click()
    await expect(page).toHaveURL(/\/search$/)
    await expectPlaying(page)
    const words = page.getByRole('searchbox')
    await words.fill('')
    await words.pressSequentially('jk m')
    await expect(words).toHaveValue('jk m')
    await expectPlaying(page)
  })

  await test.step('speed and mute', async () => {
    await page.getByLabel('Speed').locator('visible=true').selectOption('1.5')
    await expect
      .poll(() => page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.playbackRate))
      .toBe(1.5)
    expect(await page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.preservesPitch)).toBe(true)
    await expect(page.getByLabel('Speed').locator('visible=true').getByRole('option')).toHaveText([
      ...[/^0\.5/, /^0\.75/, /^1×?$/, /^1\.25/, /^1\.5/, /^1\.75/, /^2×?$/, /^2\.5/, /^3×?$/],
    ])
    const volume = page.getByRole('slider', { name: 'Volume' })
    await volume.focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await expect
      .poll(() => page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.volume))
      .toBeCloseTo(0.9)
    await page.getByRole('button', { name: 'Mute' }).click()
    await expect(page.getByRole('button', { name: 'Unmute' })).toBeVisible()
  })
})

test('the transcript follows the recording, and a click on a sentence plays from it', async ({ page }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  const sentence = page.locator('[data-sentence="6"]')
  const second = await secondOf(sentence)
  await sentence.click()
  await expectJumpTo(page, second)
  await expectPlaying(page)
  await expect(page.locator('[data-sentence][aria-current]')).toHaveCount(1)

  await test.step('the arrows to the sides skip, also while a sentence has the focus', async () => {
    for (const { key, byS } of [
      { key: 'ArrowRight', byS: 15 },
      { key: 'ArrowLeft', byS: -15 },
    ]) {
      const from = await clock(page)
      await page.keyboard.press(key)
      await expectJumpTo(page, from + byS)
    }
    await expect(sentence).toBeFocused()
    await expectPlaying(page)
  })

  await test.step('another sentence is played with the keyboard', async () => {
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const target = page.locator('[data-sentence="8"]')
    await expect(target).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(target).toHaveAttribute('aria-current', 'true')
    await expectJumpTo(page, await secondOf(target))
  })

  await test.step('scrolling stops the following until the listener returns', async () => {
    await page.mouse.move(640, 400)
    await page.mouse.wheel(0, 1500)
    const back = page.getByRole('button', { name: 'Back to now' })
    await back.click()
    await expect(back).toBeHidden()
    await expect(page.locator('[data-sentence][aria-current]')).toBeInViewport()
  })
})

test('a listener goes from sentence to sentence on every page, by keys and by buttons', async ({ page }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  const starts = await Promise.all((await page.locator('[data-sentence]').all()).map(secondOf))
  await page.locator('[data-sentence="6"]').click()
  await expectPlaying(page)
  await page.keyboard.press('k')
  await expect.poll(() => isSilent(page)).toBe(true)
  const stoppedAt = await clock(page)
  const present = starts.findLastIndex((second) => second <= stoppedAt)
  const expectAt = (index: number) =>
    expect
      .poll(async () => Math.abs((await clock(page)) - (starts[index] ?? Number.NaN)), {
        message: `playback is at the start of sentence ${index}`,
      })
      .toBeLessThan(0.15)

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Search' }).click()
  await expect(page).toHaveURL(/\/search$/)
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('.')
  await expectAt(present + 1)
  await page.keyboard.press(',')
  await expectAt(present)

  await page.getByRole('button', { name: 'Playback settings' }).click()
  const settings = page.getByRole('dialog', { name: 'Playback settings' })
  await settings.getByRole('button', { name: 'Next sentence' }).click()
  await expectAt(present + 1)
  await settings.getByRole('button', { name: 'Previous sentence' }).click()
  await expectAt(present)
})

test('a link to a second starts there, and the position is remembered', async ({ page }) => {
  await page.goto(`/sermons/${sermon.slug}?t=25`)
  const player = page.getByRole('region', { name: 'Player' }).locator('visible=true')
  await expect(player.getByRole('slider', { name: 'Position in the player' })).toHaveAttribute(
    'aria-valuetext',
    /^(2[5-9]|[3-5]\d) seconds of |^\d+ minutes? /,
  )
  const play = player.getByRole('button', { name: 'Play', exact: true })
  if (await play.isVisible()) await play.click()
  await expectPlaying(page)
  expect(await clock(page)).toBeGreaterThan(24)
  await player.getByRole('button', { name: 'Pause' }).click()

  await page.goto(`/sermons/${sermon.slug}`)
  await playButton(page, sermon).click()
  await expectPlaying(page)
  expect(await clock(page)).toBeGreaterThan(24)
})

for (const start of ['95', '1m35s', '1:35']) {
  test(`a link to ${start} opens at its sentence, ready to play there`, async ({ page }) => {
    await page.goto(`/sermons/${sermon.slug}?t=${start}`)
    const player = page.getByRole('region', { name: 'Player' }).locator('visible=true')
    await expect(player.getByRole('slider', { name: 'Position in the player' })).toHaveAttribute(
      'aria-valuetext',
      /^1 minute (3[5-9]|[45]\d) seconds? of /,
    )
    const seconds = await page
      .locator('[data-sentence]')
      .evaluateAll((links) =>
        links.map((link) =>
          Number(new URL(link.getAttribute('href') ?? '', 'http://x').searchParams.get('t')),
        ),
      )
    const spoken = seconds.findLastIndex((second) => second <= 95)
    await expect(page.locator(`[data-sentence="${spoken}"]`)).toBeInViewport()
  })
}

test('a lock screen or a headset shows and controls playback', async ({ page }) => {
  await page.addInitScript(() => {
    const { mediaSession } = navigator
    const set = mediaSession.setActionHandler.bind(mediaSession)
    mediaSession.setActionHandler = (action, handler) => {
      set(action, handler)
      window.addEventListener(
        `pressed:${action}`,
        (event) => event instanceof CustomEvent && handler?.({ action, ...event.detail }),
      )
    }
  })
  const press = (action: string, detail: object = {}) =>
    page.evaluate(
      ([name, details]) => {
        window.dispatchEvent(new CustomEvent(`pressed:${name}`, { detail: details }))
      },
      [action, detail] as const,
    )
  const session = () =>
    page.evaluate(() => ({
      title: navigator.mediaSession.metadata?.title,
      artist: navigator.mediaSession.metadata?.artist,
      artwork: navigator.mediaSession.metadata?.artwork[0]?.src.slice(0, 21),
      state: navigator.mediaSession.playbackState,
    }))
  await page.goto(`/sermons/${sermon.slug}`)
  await playButton(page, sermon).click()
  await expectPlaying(page)
  const speaker = sermon.speaker ?? ''
  await expect
    .poll(session)
    .toEqual({ title: sermon.title, artist: speaker, artwork: 'data:image/png;base64', state: 'playing' })

  const before = await clock(page)
  await press('seekforward')
  await expect.poll(() => clock(page)).toBeGreaterThan(before + 14)
  await press('seekto', { seekTime: 40 })
  await expectJumpTo(page, 40)
  const from = await clock(page)
  await press('nexttrack')
  await expectJumpTo(page, from + 15)
  await press('previoustrack')
  await expectJumpTo(page, from)
  await expect(page).toHaveTitle(`▶ ${sermon.title}`)
  await press('pause')
  await expect.poll(() => isSilent(page)).toBe(true)
  await expect.poll(async () => (await session()).state).toBe('paused')
  await expect(page).not.toHaveTitle(/▶/)
  await press('play')
  await expectPlaying(page)

  await test.step('its buttons for titles go through the queue if the listener wants that', async () => {
    await page.getByRole('button', { name: 'Playback settings' }).locator('visible=true').click()
    const settings = page.getByRole('dialog', { name: 'Playback settings' })
    await settings.getByLabel('Next and previous on a headset').selectOption('queue')
    await settings.getByRole('button', { name: 'Close' }).click()
    await press('previoustrack')
    await expectJumpTo(page, 0)
    await page.evaluate(() => {
      const library = JSON.parse(localStorage.getItem('selah:library') ?? '{}')
      const [heard] = library.heard
      localStorage.setItem(
        'selah:library',
        JSON.stringify({ ...library, queue: [{ ...heard, id: `${heard.id}.9`, title: 'The next one' }] }),
      )
    })
    await press('nexttrack')
    await expect.poll(async () => (await session()).title).toBe('The next one')
  })
})

test('the focused element is never behind the player', async ({ page }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  await playButton(page, sermon).click()
  await expectPlaying(page)
  await page.getByRole('region', { name: 'Player' }).getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('tab', { name: 'Description' }).click()
  await page.getByRole('tab', { name: 'Transcript' }).click()
  await page.evaluate(() => window.scrollTo(0, 0))
  for (let stop = 0; stop < 12; stop += 1) {
    await page.keyboard.press('Tab')
    const covered = await page.evaluate(() => {
      const focused = document.activeElement
      if (!focused || focused === document.body || focused.closest('[aria-label="Player"]')) return null
      const { left, top, width, height } = focused.getClientRects()[0] ?? focused.getBoundingClientRect()
      const seen = document.elementFromPoint(left + width / 2, top + Math.min(height, 40) / 2)
      return seen?.closest('[aria-label="Player"]') || !seen ? focused.outerHTML.slice(0, 120) : null
    })
    expect(covered).toBeNull()
  }
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('the small player opens as a sheet and closes again', async ({ page }) => {
    await page.goto(`/sermons/${sermon.slug}`)
    await playButton(page, sermon).click()
    await expectPlaying(page)
    await page.getByRole('button', { name: 'Open the full player' }).click()
    const sheet = page.getByRole('dialog', { name: sermon.title })
    await expect(sheet).toBeVisible()
    await sheet.getByRole('button', { name: 'Forward 15 seconds' }).click()
    await expectPlaying(page)
    await sheet.getByRole('button', { name: 'Pause' }).click()
    await expect.poll(() => isSilent(page)).toBe(true)
    await sheet.getByRole('button', { name: 'Close the full player' }).click()
    await expect(sheet).toBeHidden()
  })

  test('nothing is wider than the screen', async ({ page }) => {
    for (const path of ['/', '/search?q=peace', '/ask', `/sermons/${sermon.slug}`]) {
      await page.goto(path)
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow, path).toBeLessThanOrEqual(0)
    }
  })

  test('with text at twice the size Play is visible', async ({ page }) => {
    for (const size of [
      { width: 390, height: 844 },
      { width: 1280, height: 720 },
    ]) {
      await page.setViewportSize(size)
      await page.goto(`/sermons/${sermon.slug}`)
      await scaleText(page, 2)
      await expect(playButton(page, sermon)).toBeInViewport({ ratio: 1 })
    }
  })
})
