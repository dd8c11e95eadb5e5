import { once } from 'node:events'
import { createServer } from 'node:http'
import type { APIRequestContext, Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessibility.ts'
import { findReadySermon, findSeriesEmbed } from './fixtures/listening.ts'
import { expect, test as journey } from './fixtures/test.ts'

/** These pages have no React, for which other tests wait. */
const test = journey.extend({ page: async ({ context }, use) => use(await context.newPage()) })

test.beforeAll(async ({ request }) => {
  await findReadySermon(request)
})

/** Waits for a series with two recordings that can be heard. */
async function findPlayableSeries(request: APIRequestContext): Promise<string> {
  const path = await findSeriesEmbed(request)
  await expect(async () => {
    const html = await (await request.get(path)).text()
    expect(html.match(/<li data-audio=/g)?.length ?? 0).toBeGreaterThan(1)
  }).toPass({ timeout: 220_000, intervals: [1000] })
  return path
}

/** Shows an address of this site in a frame of a page of another origin, as a blog does, while `look` runs. */
async function inFrame(
  page: Page,
  address: string,
  look: (frame: ReturnType<Page['frameLocator']>) => Promise<void>,
): Promise<void> {
  const blog = createServer((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(
      `<!doctype html><title>A blog</title><link rel="icon" href="data:,"><iframe src="${address}" title="Series" width="480" height="380"></iframe>`,
    )
  }).listen(0, '127.0.0.1')
  await once(blog, 'listening')
  try {
    const own = blog.address()
    await page.goto(`http://127.0.0.1:${typeof own === 'object' ? own?.port : ''}/`)
    await look(page.frameLocator('iframe'))
  } finally {
    blog.close()
  }
}

test('a series in a frame plays in order, one sermon after the other', async ({ page, request, baseURL }) => {
  const path = await findPlayableSeries(request)
  await inFrame(page, `${baseURL}${path}`, async (frame) => {
    const rows = frame.getByRole('listitem').filter({ has: frame.getByRole('button') })
    const audio = frame.locator('audio')
    await expect(rows.first()).toHaveAttribute('aria-current', 'true')
    await rows
      .first()
      .getByRole('button', { name: /^Play / })
      .click()
    await expect(rows.first().getByRole('button', { name: /^Pause / })).toBeVisible()
    await expect
      .poll(() => audio.evaluate((element: HTMLAudioElement) => element.currentTime))
      .toBeGreaterThan(0.2)

    await audio.evaluate((element: HTMLAudioElement) => {
      element.currentTime = element.duration - 0.3
    })
    await expect(rows.nth(1)).toHaveAttribute('aria-current', 'true')
    await expect(rows.first()).not.toHaveAttribute('aria-current', 'true')
    await expect(rows.nth(1).getByRole('button', { name: /^Pause / })).toBeVisible()
    await expect
      .poll(() => audio.evaluate((element: HTMLAudioElement) => element.currentTime))
      .toBeGreaterThan(0.2)
    const second = await rows.nth(1).getByRole('link').getAttribute('href')
    await expect(frame.getByRole('link', { name: 'Read along on Selah' })).toHaveAttribute(
      'href',
      second ?? '',
    )

    await rows
      .nth(1)
      .getByRole('button', { name: /^Pause / })
      .click()
    expect(await audio.evaluate((element: HTMLAudioElement) => element.paused)).toBe(true)
  })
})

for (const theme of ['light', 'dark']) {
  test(`a series in a frame is accessible in ${theme} colours, also in a low and narrow frame`, async ({
    page,
    request,
  }) => {
    const path = await findPlayableSeries(request)
    for (const viewport of [
      { width: 640, height: 380 },
      { width: 280, height: 172 },
    ]) {
      await page.setViewportSize(viewport)
      await page.goto(`${path}?theme=${theme}`)
      await expectAccessible(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        viewport.width,
      )
      const last = page.getByRole('listitem').last()
      await last.scrollIntoViewIfNeeded()
      await expect(last).toBeInViewport()
      await expect(page.locator('audio')).toBeInViewport()
    }
  })
}

test('a series begins with the sermon that the address names, and its page says where its embed is', async ({
  page,
  request,
}) => {
  const path = await findPlayableSeries(request)
  await page.goto(path)
  // Samples that are still processed cannot be heard.
  const last = page.locator('li[data-audio]').last()
  const slug = (await last.getByRole('link').getAttribute('href'))?.split('/').at(-1) ?? ''
  await page.goto(`${path}?sermon=${slug}&t=1m5s`)
  await expect(last).toHaveAttribute('aria-current', 'true')
  expect(await page.locator('audio').getAttribute('src')).toMatch(/#t=65$/)

  await page.goto(`${path.replace('/embed', '')}?sermon=${slug}&t=1m5s`)
  const discovered = await page
    .locator('link[type="application/json+oembed"]')
    .evaluate((link: HTMLLinkElement) => new URL(link.href).search)
  const described: { html: string } = await (await request.get(`/oembed${discovered}`)).json()
  expect(described.html).toContain(`${path}?sermon=${slug}&amp;t=65`)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a series in a frame shows its sermons as links, and the player of the browser', async ({
    page,
    request,
  }) => {
    await page.goto(await findPlayableSeries(request))
    const rows = page.getByRole('listitem')
    expect(await rows.count()).toBeGreaterThan(1)
    await expect(rows.getByRole('button')).toHaveCount(0)
    await expect(page.locator('audio')).toBeVisible()
    const popup = page.waitForEvent('popup')
    await rows.nth(1).getByRole('link').click()
    await expect((await popup).getByRole('heading', { level: 1 })).toBeVisible()
  })
})
