import type { Browser, Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessibility.ts'
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

let sermon: ReadySermon

test.beforeAll(async ({ request }) => {
  sermon = await findReadySermon(request)
})

// Without a network the browser reports every request that fails.
test.use({ allowedErrors: [/ERR_INTERNET_DISCONNECTED|ERR_FAILED|status of 404/] })

async function save(page: Page): Promise<void> {
  await page.goto(`/sermons/${sermon.slug}`)
  await page.getByRole('button', { name: 'Save for offline' }).click()
  await expect(page.getByText('Saved for offline')).toBeVisible({ timeout: 60_000 })
}

/** Gives the sermon a chapter at 0:30. Returns what puts its chapters back. */
async function addChapter(browser: Browser, baseURL: string, title: string): Promise<() => Promise<void>> {
  const context = await browser.newContext({ baseURL })
  const pastor = await context.newPage()
  await signIn(pastor)
  const path = `/api/v1/sermons/${sermon.id}/chapters`
  const put = async (chapters: { title: string; startMs: number }[]) => {
    const { revision } = await (await pastor.request.get(path)).json()
    const answer = await pastor.request.put(path, {
      headers: { origin: baseURL },
      data: { chapters, revision },
    })
    expect(answer.ok()).toBe(true)
  }
  const { chapters } = await (await pastor.request.get(path)).json()
  await put([...chapters, { title, startMs: 30_000 }])
  return async () => {
    await put(chapters)
    await context.close()
  }
}

test('a saved sermon is listed, plays and is read along with when there is no network', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  await save(page)
  // Chapters that change after a sermon was saved are saved when its page is opened the next time.
  const putBack = await addChapter(browser, baseURL ?? '', 'The bell')
  try {
    await page.goto(`/sermons/${sermon.slug}`)
    await expect
      .poll(() =>
        page.evaluate(async () => {
          for (const name of await caches.keys()) {
            const cache = await caches.open(name)
            for (const request of await cache.keys()) {
              if (request.url.endsWith('/sermon.json')) return (await cache.match(request))?.text()
            }
          }
        }),
      )
      .toContain('The bell')
  } finally {
    await putBack()
  }
  await context.setOffline(true)

  await test.step('any address opens the library', async () => {
    await page.goto('/search?q=peace')
    await expect(page).toHaveURL(/\/library$/)
    await expect(page.getByText('You are offline.')).toBeVisible()
    await expect(page.getByRole('listitem').filter({ hasText: sermon.title })).toContainText(/\d MB|\d kB/)
    await expectAccessible(page)
  })

  await test.step('the address of the sermon opens it, and it plays', async () => {
    await page.goto(`/sermons/${sermon.slug}`)
    await expect(page.getByRole('heading', { level: 2, name: sermon.title })).toBeVisible()
    await playButton(page, sermon).click()
    await expectPlaying(page)
  })

  await test.step('a sentence plays, and the spoken one is marked', async () => {
    await page.locator('[data-sentence="6"]').click()
    await expect(page.locator('[data-sentence="6"]')).toHaveAttribute('aria-current', 'true')
    await expectPlaying(page)
  })

  await test.step('its chapters are listed and play', async () => {
    await page.getByRole('tab', { name: 'Chapters' }).click()
    const list = page.getByRole('tabpanel', { name: 'Chapters' })
    await expect(list.getByRole('listitem').filter({ hasText: 'The bell' })).toBeVisible()
    await expectAccessible(page)
    await list.getByRole('button', { name: /from 0:30/ }).click()
    await expect.poll(() => clock(page)).toBeGreaterThan(29)
    expect(await clock(page)).toBeLessThan(35)
    await expectPlaying(page)
    const position = page.getByRole('region', { name: 'Player' }).getByRole('slider', { name: /Position/i })
    await expect(position).toHaveAttribute('aria-valuetext', /The bell/)
  })

  await test.step('its artwork is shown, in the page and on the lock screen', async () => {
    await expect(page.getByRole('article').locator('svg').first()).toBeVisible()
    await expect
      .poll(() => page.evaluate(() => navigator.mediaSession.metadata?.artwork[0]?.src.slice(0, 21)))
      .toBe('data:image/png;base64')
    await page.getByRole('tab', { name: 'Transcript' }).click()
  })

  await test.step('the place is kept over a restart without a network', async () => {
    await page.getByRole('region', { name: 'Player' }).getByRole('button', { name: 'Pause' }).click()
    await expect.poll(() => isSilent(page)).toBe(true)
    const place = await clock(page)
    await page.reload()
    await playButton(page, sermon).click()
    await expectPlaying(page)
    expect(await clock(page)).toBeGreaterThan(place - 1)
    await expectAccessible(page)
  })

  await test.step('with the network the same address is the page of the sermon again', async () => {
    await context.setOffline(false)
    await page.goto(`/sermons/${sermon.slug}`)
    await expect(page.getByRole('heading', { level: 1, name: sermon.title })).toBeVisible()
    await page.getByRole('button', { name: 'Remove' }).click()
    await expect(page.getByRole('button', { name: 'Save for offline' })).toBeVisible()
    expect(await page.evaluate(() => caches.keys())).toEqual([expect.stringMatching(/^selah-shell-/)])
  })
})

test('a sermon that is unpublished leaves the device when the network returns', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  await save(page)
  await context.setOffline(true)
  await page.goto('/library')
  const row = page.getByRole('listitem').filter({ hasText: sermon.title })
  await expect(row).toBeVisible()

  const church = await browser.newContext({ ...(baseURL ? { baseURL } : {}) })
  const pastor = await church.newPage()
  await signIn(pastor)
  const headers = { origin: baseURL ?? '' }
  const unpublished = await pastor.request.post(`/api/v1/sermons/${sermon.id}/unpublish`, { headers })
  expect(unpublished.ok()).toBe(true)
  try {
    await context.setOffline(false)
    await expect(page.getByText('is no longer published and was removed')).toBeVisible()
    await expect(row).toBeHidden()
    expect(await page.evaluate(() => caches.keys())).toEqual([expect.stringMatching(/^selah-shell-/)])
  } finally {
    const published = await pastor.request.post(`/api/v1/sermons/${sermon.id}/publish`, { headers, data: {} })
    expect(published.ok()).toBe(true)
    await church.close()
  }
})

test('a save that is interrupted leaves nothing and can be repeated', async ({ page, context }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  await context.route('**/audio', (route) => route.abort())
  await page.getByRole('button', { name: 'Save for offline' }).click()
  await expect(page.getByText('The sermon could not be saved.')).toBeVisible()
  expect((await page.evaluate(() => caches.keys())).filter((name) => name.includes('sermon'))).toEqual([])
  await context.unroute('**/audio')
  await page.getByRole('button', { name: 'Save for offline' }).click()
  await expect(page.getByText('Saved for offline')).toBeVisible({ timeout: 60_000 })

  await test.step('everything that is saved can be removed at once', async () => {
    await page.goto('/library')
    await expect(page.getByText(/^1 sermon, .* of /)).toBeVisible()
    await page.getByRole('button', { name: 'Remove all' }).click()
    await expect(page.getByText('Nothing is saved yet')).toBeVisible()
    expect((await page.evaluate(() => caches.keys())).filter((name) => name.includes('sermon'))).toEqual([])
  })
})

test('when the room is used up, a finished sermon makes room, and not one that was saved earlier', async ({
  page,
}) => {
  await save(page)
  await page.evaluate(async (realId) => {
    const real = await caches.open(`selah-sermon-${realId}`)
    const [request] = (await real.keys()).filter(({ url }) => url.endsWith('/sermon.json'))
    const record = await (request && (await real.match(request)))?.json()
    // Two sermons that take the whole room together.
    for (const [id, savedAtMs] of [
      ['unheard', 1000],
      ['finished', Date.now()],
    ]) {
      const cache = await caches.open(`selah-sermon-${id}`)
      const copy = { ...record, track: { ...record.track, id }, sizeBytes: 125_000_000, savedAtMs }
      await cache.put(`/offline/${id}/sermon.json`, Response.json(copy))
    }
    localStorage.setItem('selah:offline-limit', '250000000')
    localStorage.setItem('selah:place:finished', `0@${Date.now()}`)
  }, sermon.id)
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Save for offline' }).click()
  await expect(page.getByText('Saved for offline')).toBeVisible({ timeout: 60_000 })
  const names = await page.evaluate(() => caches.keys())
  expect(names.filter((name) => name.startsWith('selah-sermon-')).toSorted()).toEqual(
    [`selah-sermon-${sermon.id}`, 'selah-sermon-unheard'].toSorted(),
  )
})

test('a phone can install the app: its description, its start page and its icons are there', async ({
  request,
}) => {
  const manifest: { start_url: string; display: string; icons: { src: string; sizes: string }[] } = await (
    await request.get('/manifest.webmanifest')
  ).json()
  expect(manifest).toMatchObject({ start_url: '/', display: 'standalone' })
  expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']))
  for (const { src } of manifest.icons) {
    const icon = await request.get(src)
    expect([icon.status(), icon.headers()['content-type']]).toEqual([200, 'image/png'])
  }
})

test('the audio of a sermon is downloaded as a file with its name', async ({ page }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download audio' }).click()
  expect((await downloading).suggestedFilename()).toMatch(/\.m4a$/)
})

test('an update waits until the listener accepts it, also while a sermon plays', async ({ page }) => {
  await save(page)
  await page.reload()
  await playButton(page, sermon).click()
  await expectPlaying(page)
  // For the browser another address is another version.
  await page.evaluate(() => navigator.serviceWorker.register('/service-worker.js?another-version'))
  await expect(page.getByText('There is a new version of Selah.')).toBeVisible()
  await expectPlaying(page)
  const worker = () => page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)
  expect(await worker()).toMatch(/service-worker\.js$/)
  const reloaded = page.waitForEvent('load')
  await page.getByRole('button', { name: 'Update now' }).click()
  await reloaded
  await expect.poll(worker).toMatch(/another-version$/)
})
