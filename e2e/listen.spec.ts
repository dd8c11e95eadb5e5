import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { tabTo } from './fixtures/tab-to.ts'
import { expect, test } from './fixtures/test.ts'

type ApiSermon = {
  id: string
  slug: string
  title: string
  speaker: { slug: string } | string | null
  series: { slug: string } | string | null
  facets: Record<'media' | 'transcript' | 'index', string>
}

let sermon: ApiSermon

/** The samples go through the real pipeline on the first start; whoever is first here waits for one of them. */
test.beforeAll(async ({ request }) => {
  await expect(async () => {
    const { sermons } = (await (await request.get('/api/v1/sermons?limit=20')).json()) as {
      sermons: ApiSermon[]
    }
    const ready = sermons.find(({ facets }) => Object.values(facets).every((status) => status === 'ready'))
    expect(ready, 'a sermon that can be heard, read and asked').toBeDefined()
    if (ready) sermon = ready
  }).toPass({ timeout: 220_000, intervals: [1000] })
})

const clock = (page: Page) =>
  page.locator('audio').evaluate((audio) => (audio as HTMLAudioElement).currentTime)
const isSilent = (page: Page) => page.locator('audio').evaluate((audio) => (audio as HTMLAudioElement).paused)

async function expectPlaying(page: Page): Promise<void> {
  const from = await clock(page)
  await expect
    .poll(() => clock(page), { message: 'the clock of the sound advances' })
    .toBeGreaterThan(from + 0.5)
  expect(await isSilent(page)).toBe(false)
}

/** Reads the jump itself: playback continues during the test. */
async function expectJumpTo(page: Page, seconds: number): Promise<void> {
  const jumpedTo = () => page.evaluate(() => (window as { jumpedTo?: number }).jumpedTo ?? Number.NaN)
  await expect
    .poll(async () => Math.abs((await jumpedTo()) - seconds), {
      message: `the sound jumps to second ${seconds}`,
    })
    .toBeLessThan(1.5)
}

test.beforeEach(({ page }) =>
  page.addInitScript(() => {
    const note = ({ target }: Event) =>
      Object.assign(window, { jumpedTo: (target as HTMLAudioElement).currentTime })
    document.addEventListener('seeking', note, true)
  }),
)

const playButton = (page: Page): Locator =>
  page
    .getByRole('article')
    .getByRole('button', { name: `Play ${sermon.title}` })
    .locator('visible=true')

const secondOf = async (sentence: Locator): Promise<number> =>
  Number(new URL((await sentence.getAttribute('href')) ?? '', 'http://x').searchParams.get('t'))

test('a sermon plays, can be sought in, and continues from page to page', async ({ page }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  await playButton(page).click()
  await expectPlaying(page)

  await test.step('who has just pressed play can skip at once', async () => {
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => clock(page)).toBeGreaterThan(15)
  })

  await test.step('the timeline obeys the keyboard and says where it is', async () => {
    const timeline = page.getByRole('slider', { name: 'Position', exact: true })
    await timeline.focus()
    await page.keyboard.press('PageUp')
    await expect.poll(() => clock(page)).toBeGreaterThan(59)
    await expect(timeline).toHaveAttribute('aria-valuetext', /^1 minute.* of \d+ minutes?/)
    await expectPlaying(page)
  })

  await test.step('keys of the player work outside of fields', async () => {
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('k')
    await expect.poll(() => isSilent(page)).toBe(true)
    const before = await clock(page)
    await page.keyboard.press('j')
    await expectJumpTo(page, before - 15)
    await page.keyboard.press('k')
    await expectPlaying(page)
  })

  await test.step('the sound continues while the listener opens other pages', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Search' }).click()
    await expect(page).toHaveURL(/\/search$/)
    await expectPlaying(page)
    const words = page.getByRole('searchbox')
    await words.fill('')
    await words.pressSequentially('jk m')
    await expect(words).toHaveValue('jk m')
    await expectPlaying(page)
  })

  await test.step('speed and silence', async () => {
    await page.getByLabel('Speed').locator('visible=true').selectOption('1.5')
    await expect
      .poll(() => page.locator('audio').evaluate((audio) => (audio as HTMLAudioElement).playbackRate))
      .toBe(1.5)
    const volume = page.getByRole('slider', { name: 'Volume' })
    await volume.focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await expect
      .poll(() => page.locator('audio').evaluate((audio) => (audio as HTMLAudioElement).volume))
      .toBeCloseTo(0.9)
    await page.getByRole('button', { name: 'Mute' }).click()
    await expect(page.getByRole('button', { name: 'Unmute' })).toBeVisible()
  })
})

test('the transcript follows the voice, and a press on a sentence plays from it', async ({ page }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  const sentence = page.locator('[data-sentence="6"]')
  const second = await secondOf(sentence)
  await sentence.click()
  await expectJumpTo(page, second)
  await expectPlaying(page)
  await expect(page.locator('[data-sentence][aria-current]')).toHaveCount(1)

  await test.step('a second sentence by the keyboard', async () => {
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const target = page.locator('[data-sentence="8"]')
    await expect(target).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(target).toHaveAttribute('aria-current', 'true')
    await expectJumpTo(page, await secondOf(target))
  })

  await test.step('scrolling by hand stops the following until one comes back', async () => {
    await page.mouse.move(640, 400)
    await page.mouse.wheel(0, 1500)
    const back = page.getByRole('button', { name: 'Back to now' })
    await back.click()
    await expect(back).toBeHidden()
    await expect(page.locator('[data-sentence][aria-current]')).toBeInViewport()
  })
})

test('a link to a second starts there, and the place is remembered', async ({ page }) => {
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
  await playButton(page).click()
  await expectPlaying(page)
  expect(await clock(page)).toBeGreaterThan(24)
})

test.describe('without a connection', () => {
  test.use({ allowedErrors: [/net::ERR_FAILED/] })

  test('a recording that cannot be reached says so, and plays when the listener tries again', async ({
    page,
  }) => {
    await page.goto(`/sermons/${sermon.slug}`)
    await page.route('**/hls/**', (route) => route.abort())
    await playButton(page).click()
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

  test('a stalled recording says so within 2 seconds, and resumes at its position when the server answers', async ({
    page,
  }) => {
    await page.addInitScript(() => {
      const noted = window as { isLate?: boolean; saidInTime?: boolean }
      const startClock = () => setTimeout(() => (noted.isLate = true), 2000)
      document.addEventListener('waiting', startClock, { capture: true, once: true })
      new MutationObserver(() => {
        if (
          noted.saidInTime === undefined &&
          document.body?.textContent?.includes('Waiting for the recording.')
        )
          noted.saidInTime = noted.isLate !== true
      }).observe(document, { subtree: true, childList: true, characterData: true })
    })
    await page.goto(`/sermons/${sermon.slug}`)
    await playButton(page).click()
    await expectPlaying(page)
    await page.route(/\/hls\/|\/storage\//, (route) => route.abort())
    const timeline = page.getByRole('slider', { name: 'Position', exact: true })
    await timeline.focus()
    await page.keyboard.press('PageUp')
    await page.keyboard.press('PageUp')
    await expect(page.getByText('Waiting for the recording.')).toBeVisible()
    expect(await page.evaluate(() => (window as { saidInTime?: boolean }).saidInTime)).toBe(true)
    await expect(timeline).toHaveAttribute('aria-valuetext', /^2 minutes/)

    await page.unroute(/\/hls\/|\/storage\//)
    await expect(page.getByText('Waiting for the recording.')).toBeHidden({ timeout: 60_000 })
    await expectPlaying(page)
    expect(await clock(page)).toBeGreaterThan(119)
    await expect(timeline).toHaveAttribute('aria-valuetext', /^2 minutes/)
  })

  test('audio that is refused again and again is requested from a new playlist, at the same position and speed', async ({
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
    await playButton(page).click()
    await expectPlaying(page)
    await page.getByLabel('Speed').locator('visible=true').selectOption('0.75')
    const timeline = page.getByRole('slider', { name: 'Position', exact: true })
    // Each target lies outside of what is buffered.
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
      expect(await page.locator('audio').evaluate((audio) => (audio as HTMLAudioElement).playbackRate)).toBe(
        0.75,
      )
    }
  })
})

test('a lock screen or a headset sees what plays, and commands it', async ({ page }) => {
  await page.addInitScript(() => {
    const { mediaSession } = navigator
    const set = mediaSession.setActionHandler.bind(mediaSession)
    mediaSession.setActionHandler = (action, handler) => {
      set(action, handler)
      window.addEventListener(`pressed:${action}`, (event) =>
        handler?.({ action, ...(event as CustomEvent<object>).detail }),
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
  await playButton(page).click()
  await expectPlaying(page)
  const speaker = typeof sermon.speaker === 'string' ? sermon.speaker : ''
  await expect
    .poll(session)
    .toEqual({ title: sermon.title, artist: speaker, artwork: 'data:image/png;base64', state: 'playing' })

  const before = await clock(page)
  await press('seekforward')
  await expect.poll(() => clock(page)).toBeGreaterThan(before + 14)
  await press('seekto', { seekTime: 40 })
  await expectJumpTo(page, 40)
  await press('pause')
  await expect.poll(() => isSilent(page)).toBe(true)
  await expect.poll(async () => (await session()).state).toBe('paused')
  await press('play')
  await expectPlaying(page)
})

test('an answer is a quote from the sermon that plays from its first word', async ({ page }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  const words = ((await page.locator('[data-sentence="5"]').textContent()) ?? '')
    .split(' ')
    .slice(0, 12)
    .join(' ')

  await page.goto('/ask')
  await page.getByRole('textbox', { name: 'Ask a question' }).fill(`What was said about "${words}"?`)
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  const quote = page.getByRole('figure').first()
  await expect(quote).toBeVisible()
  const link = quote.getByRole('link')
  const second = await secondOf(link)
  await quote.getByRole('button', { name: /^Play/ }).click()
  await expectJumpTo(page, second)
  await expectPlaying(page)
})

test('the quotes of an answer are dots on the timeline, and a press on a dot plays the quote', async ({
  page,
}) => {
  await page.goto(`/sermons/${sermon.slug}`)
  const words = ((await page.locator('[data-sentence="5"]').textContent()) ?? '').split(' ').slice(0, 12)
  await page.getByRole('tab', { name: 'Ask' }).click()
  await page.getByRole('textbox', { name: 'Ask this sermon' }).fill(`What of "${words.join(' ')}"?`)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/\d+ quotes? found/)).toBeAttached()
  const chips = page.getByRole('figure').getByRole('button', { name: /^Play/ })
  const dots = page.locator('[data-mark]')
  await expect(dots).toHaveCount(await chips.count())
  const [minutes = 0, seconds = 0] = ((await chips.first().textContent()) ?? '').split(':').map(Number)
  const line = await page.getByRole('slider', { name: 'Position', exact: true }).boundingBox()
  const dot = await dots.first().boundingBox()
  if (!line || !dot) throw new Error('The timeline and its dots are to be seen.')
  await page.mouse.click(dot.x + dot.width / 2, line.y + line.height / 2)
  await expectJumpTo(page, minutes * 60 + seconds)
  await expectPlaying(page)
})

test('what was never preached is said so calmly', async ({ page }) => {
  await page.goto(`/ask?q=${encodeURIComponent('How do I configure a TCP router with IPv6?')}`)
  await expect(page.getByRole('heading', { name: 'Not preached here yet' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
})

test('searching finds the place and plays it', async ({ page }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  const text = (await page.locator('[data-sentence="4"]').textContent()) ?? ''
  await page.goto('/')
  await page.getByRole('searchbox').fill(text.split(' ').slice(0, 10).join(' '))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/search\?q=/)
  const chip = page.getByRole('region', { name: 'Results' }).getByRole('button', { name: /^Play/ }).first()
  await chip.click()
  await expectPlaying(page)
})

test('a search for what nobody said finds nothing, and says so', async ({ page }) => {
  await page.goto(`/search?q=${encodeURIComponent('blockchain kubernetes')}`)
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Results' })).toHaveCount(0)
})

test('by keyboard alone one finds a sermon, plays it, asks it and hears the quote', async ({ page }) => {
  await page.goto('/')
  await tabTo(page, page.getByRole('link', { name: sermon.title }).first())
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: sermon.title })).toBeVisible()
  await tabTo(page, playButton(page))
  await page.keyboard.press('Enter')
  await expectPlaying(page)

  await tabTo(page, page.getByRole('tab', { name: 'Transcript' }))
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Ask' })).toBeFocused()
  await page.keyboard.press('Enter')
  const words = ((await page.locator('[data-sentence="5"]').textContent()) ?? '').split(' ').slice(0, 12)
  await tabTo(page, page.getByRole('textbox', { name: 'Ask this sermon' }))
  await page.keyboard.type(`What of "${words.join(' ')}"?`)
  await page.keyboard.press('Enter')
  const quote = page.getByRole('figure').first()
  await expect(quote).toBeVisible()
  const chip = quote.getByRole('button', { name: /^Play/ })
  const [minutes = 0, seconds = 0] = ((await chip.textContent()) ?? '').split(':').map(Number)
  await tabTo(page, chip)
  await page.keyboard.press('Enter')
  await expectJumpTo(page, minutes * 60 + seconds)
})

test('what has the focus is never behind the player', async ({ page }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  await playButton(page).click()
  await expectPlaying(page)
  await page.getByRole('region', { name: 'Player' }).getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('tab', { name: 'Notes' }).click()
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

test.describe('without a connection to ask', () => {
  test.use({ allowedErrors: [/net::ERR_INTERNET_DISCONNECTED/] })

  test('a question that cannot be sent says so, and is sent when one asks again', async ({
    page,
    context,
  }) => {
    await page.goto('/ask')
    await page.getByRole('textbox', { name: 'Ask a question' }).fill('Does God change?')
    await context.setOffline(true)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Check your connection')
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Ask again' }).click()
    await expect(page.getByText(/quotes? found|Not preached here yet/).first()).toBeAttached({
      timeout: 20_000,
    })
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('the small player opens into a sheet and closes again', async ({ page }) => {
    await page.goto(`/sermons/${sermon.slug}`)
    await playButton(page).click()
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

  test('with text of twice the size nothing is wider than the screen, and Play is on it', async ({
    page,
  }) => {
    for (const size of [
      { width: 390, height: 844 },
      { width: 1280, height: 720 },
    ]) {
      await page.setViewportSize(size)
      await page.goto(`/sermons/${sermon.slug}`)
      await page.addStyleTag({ content: 'html { font-size: 200% }' })
      await expect(playButton(page)).toBeInViewport({ ratio: 1 })
      for (const path of ['/', '/search?q=peace', '/ask', `/sermons/${sermon.slug}`]) {
        await page.goto(path)
        await page.addStyleTag({ content: 'html { font-size: 200% }' })
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect(overflow, path).toBeLessThanOrEqual(0)
      }
    }
  })
})

test.describe('for everyone', () => {
  test.use({ allowedErrors: [/status of 404/] })

  for (const [colorScheme, place, width] of [
    ['light', 'on a desk', 1280],
    ['dark', 'on a desk', 1280],
    ['light', 'on a phone', 390],
    ['dark', 'on a phone', 390],
  ] as const) {
    test(`every page of a listener passes axe, in ${colorScheme}, ${place}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.goto('/')
      const slugs = await page
        .locator('a[href^="/series/"], a[href^="/speakers/"]')
        .evaluateAll((links) =>
          [...new Set(links.map((link) => link.getAttribute('href') ?? ''))].slice(0, 3),
        )
      const paths = [
        '/',
        '/search',
        '/search?q=peace',
        '/search?q=kubernetes',
        '/ask',
        `/sermons/${sermon.slug}`,
        '/sign-in',
        '/nothing-here',
        ...slugs,
      ]
      for (const path of paths) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect
          .soft(
            violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`),
          )
          .toEqual([])
      }
      await page.goto(`/sermons/${sermon.slug}`)
      await playButton(page).click()
      await expectPlaying(page)
      await page.getByRole('tab', { name: 'Ask' }).click()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      )
    })
  }

  test('the first stop of the keyboard leads past the navigation', async ({ page }) => {
    await page.goto('/')
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main')).toBeFocused()
  })
})
