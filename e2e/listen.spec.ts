import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
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
  test.setTimeout(240_000)
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

async function expectClockNear(page: Page, seconds: number): Promise<void> {
  await expect.poll(async () => Math.abs((await clock(page)) - seconds)).toBeLessThan(4)
}

const playButton = (page: Page): Locator =>
  page
    .getByRole('article')
    .getByRole('button', { name: `Play ${sermon.title}` })
    .locator('visible=true')

const secondOf = async (sentence: Locator): Promise<number> =>
  Number(new URL((await sentence.getAttribute('href')) ?? '', 'http://x').searchParams.get('t'))

test('a sermon plays, is sought in, and goes on from page to page', async ({ page }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  await playButton(page).click()
  await expectPlaying(page)

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
    const before = await clock(page)
    await page.keyboard.press('j')
    await expect.poll(() => clock(page)).toBeLessThan(before - 10)
    await page.keyboard.press('k')
    await expect.poll(() => isSilent(page)).toBe(true)
    await page.keyboard.press('k')
    await expectPlaying(page)
  })

  await test.step('the sound goes on while one looks around', async () => {
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
    await page.getByRole('button', { name: 'Mute' }).click()
    await expect(page.getByRole('button', { name: 'Sound on' })).toBeVisible()
  })
})

test('the transcript follows the voice, and a press on a sentence plays from it', async ({ page }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  const sentence = page.locator('[data-sentence="6"]')
  const second = await secondOf(sentence)
  await sentence.click()
  await expectClockNear(page, second)
  await expectPlaying(page)
  await expect(page.locator('[data-sentence][aria-current]')).toHaveCount(1)

  await test.step('a second sentence by the keyboard', async () => {
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const target = page.locator('[data-sentence="8"]')
    await expect(target).toBeFocused()
    await page.keyboard.press('Enter')
    await expectClockNear(page, await secondOf(target))
    await expect(target).toHaveAttribute('aria-current', 'true')
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
    /^2\d seconds of /,
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

  test('a recording that cannot be reached says so, and plays when one tries again', async ({ page }) => {
    await page.goto(`/sermons/${sermon.slug}`)
    await page.route('**/hls/**', (route) => route.abort())
    await playButton(page).click()
    await expect(page.getByText('The recording could not be reached.')).toBeVisible({ timeout: 60_000 })
    await page.unroute('**/hls/**')
    await page.getByRole('article').getByRole('button', { name: 'Try again' }).locator('visible=true').click()
    await expectPlaying(page)
    await expect(page.getByText('The recording could not be reached.')).toBeHidden()
  })
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
  await expect(quote).toBeVisible({ timeout: 20_000 })
  const link = quote.getByRole('link')
  const second = await secondOf(link)
  await quote.getByRole('button', { name: /^Play/ }).click()
  await expectClockNear(page, second)
  await expectPlaying(page)
})

test('what was never preached is said so calmly', async ({ page }) => {
  await page.goto(`/ask?q=${encodeURIComponent('How do I configure a TCP router with IPv6?')}`)
  await expect(page.getByRole('heading', { name: 'Not preached here yet' })).toBeVisible({ timeout: 20_000 })
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
})

test.describe('for everyone', () => {
  test.use({ allowedErrors: [/status of 404/] })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every page of a listener passes axe, in ${colorScheme}`, async ({ page }) => {
      test.setTimeout(180_000)
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
        '/ask',
        `/sermons/${sermon.slug}`,
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
