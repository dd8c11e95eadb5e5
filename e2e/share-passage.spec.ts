import { expectAccessible } from './fixtures/accessibility.ts'
import { findReadySermon, type ReadySermon } from './fixtures/listening.ts'
import { signIn } from './fixtures/member.ts'
import { expect, test } from './fixtures/test.ts'

let sermon: ReadySermon

test.beforeAll(async ({ request }) => {
  sermon = await findReadySermon(request)
})

test('a listener shares sentences by keyboard, and sees and downloads an image of them', async ({ page }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  const first = (await page.locator('[data-sentence="0"]').textContent()) ?? ''
  const second = (await page.locator('[data-sentence="1"]').textContent()) ?? ''
  await page.getByRole('button', { name: 'Share a passage' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Choose the sentence to share.')).toBeVisible()
  await page.locator('[data-sentence="0"]').focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Share a passage' })
  await expect(dialog.getByRole('blockquote')).toHaveText(first)
  await dialog.getByRole('button', { name: 'Next sentence' }).press('Enter')
  await expect(dialog.getByRole('blockquote')).toHaveText(`${first} ${second}`)

  const image = dialog.getByRole('img')
  const size = () =>
    image.evaluate((shown: HTMLImageElement) => [shown.naturalWidth, shown.naturalHeight].join(' × '))
  await expect.poll(size).toBe('1200 × 1200')
  await dialog.getByText('Wide', { exact: true }).click()
  await expect.poll(size).toBe('1200 × 630')
  await expectAccessible(page)
  const downloading = page.waitForEvent('download')
  await dialog.getByRole('link', { name: 'Download the image' }).click()
  expect((await downloading).suggestedFilename()).toBe('quote.png')
  // Rendering costs: it is for the team.
  await expect(dialog.getByRole('button', { name: 'Make a clip' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(page.locator('[data-sentence="0"]')).toBeFocused()
})

test('the moment that plays is shared from the player, and its address opens there', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.addInitScript(() => {
    // A desk without a share sheet.
    Reflect.deleteProperty(Navigator.prototype, 'share')
  })
  await page.goto(`/sermons/${sermon.slug}?t=1m30s`)
  const player = page.getByRole('region', { name: 'Player' }).locator('visible=true')
  await player.getByRole('button', { name: 'Share this moment' }).press('Enter')
  await expect(page.getByText('The address of this moment was copied.')).toBeVisible()
  const address = new URL(await page.evaluate(() => navigator.clipboard.readText()))
  expect(address.pathname).toBe(`/sermons/${sermon.slug}`)
  expect(Number(address.searchParams.get('t'))).toBeGreaterThanOrEqual(90)
  expect(Number(address.searchParams.get('t'))).toBeLessThan(120)
  await page.goto(address.href)
  await expect(player.getByRole('slider', { name: 'Position in the player' })).toHaveAttribute(
    'aria-valuetext',
    /^(1 minute|2 minutes)/,
  )
})

test('the sentences that a reader has selected are the passage', async ({ page }) => {
  await page.goto(`/sermons/${sermon.slug}`)
  await page.evaluate(() => {
    const [from, to] = [0, 2].map((at) => document.querySelector(`[data-sentence="${at}"]`))
    if (from && to) window.getSelection()?.setBaseAndExtent(from, 0, to, 1)
  })
  await page.getByRole('button', { name: 'Share a passage' }).click()
  const dialog = page.getByRole('dialog', { name: 'Share a passage' })
  const third = (await page.locator('[data-sentence="2"]').textContent()) ?? ''
  await expect(dialog.getByRole('blockquote')).toContainText(third)
})

test('a member makes a clip, downloads it and shares its page, which stops with the sermon', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000)
  await signIn(page, '/dashboard')
  await page.goto(`/sermons/${sermon.slug}`)
  await page.getByRole('button', { name: 'Share a passage' }).click()
  await page.locator('[data-sentence="1"]').click()
  const dialog = page.getByRole('dialog', { name: 'Share a passage' })
  await dialog.getByText('Landscape 16:9').click()
  await dialog.getByRole('button', { name: 'Make a clip' }).click()
  await expect(dialog.getByText('The clip is ready.')).toBeVisible({ timeout: 120_000 })
  await expectAccessible(page)

  const video = dialog.locator('video')
  await expect
    .poll(() => video.evaluate((shown: HTMLVideoElement) => `${shown.videoWidth} × ${shown.videoHeight}`))
    .toBe('1920 × 1080')
  const downloading = page.waitForEvent('download')
  await dialog.getByRole('link', { name: 'Download', exact: true }).click()
  expect((await downloading).suggestedFilename()).toMatch(/^[\w-]+-\d+\.mp4$/)

  await page.goto(`/dashboard/sermons/${sermon.id}`)
  const row = page.getByRole('listitem').filter({ hasText: 'Landscape 16:9' })
  await row.getByRole('link', { name: 'Open' }).click()
  await page.waitForURL(/\/clips\//)
  await expectAccessible(page)

  const context = await browser.newContext()
  const visitor = await context.newPage()
  const clip = page.url()
  expect((await visitor.goto(clip))?.status()).toBe(200)
  await expect(visitor.locator('video')).toBeVisible()
  const headers = { origin: new URL(clip).origin }
  const publish = (verb: 'publish' | 'unpublish') =>
    page.request.post(`/api/v1/sermons/${sermon.id}/${verb}`, { headers, data: {} })
  await publish('unpublish')
  try {
    expect((await visitor.request.get(clip)).status()).toBe(404)
    const id = clip.split('/').at(-1)
    expect((await visitor.request.get(`/api/v1/clips/${id}/file`)).status()).toBe(404)
  } finally {
    await publish('publish')
  }
  await page.goto(`/dashboard/sermons/${sermon.id}`)
  await row.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(row).toHaveCount(0)
  expect((await visitor.request.get(clip)).status()).toBe(404)
  await context.close()
})
