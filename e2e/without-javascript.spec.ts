import { findReadySermon, type ReadySermon } from './fixtures/listening.ts'
import { signIn } from './fixtures/member.ts'
import { expect, test } from './fixtures/test.ts'

let sermon: ReadySermon

test.beforeAll(async ({ request }) => {
  sermon = await findReadySermon(request)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the home page lists the sermons and leads to them', async ({ page }) => {
    await page.goto('/')
    await expect(page).toHaveTitle(/Selah/)
    await page.getByRole('main').getByRole('link', { name: sermon.title }).first().click()
    await expect(page.getByRole('heading', { level: 1, name: sermon.title })).toBeVisible()
  })

  test('a sermon shows its title and its transcript', async ({ page }) => {
    await page.goto(`/sermons/${sermon.slug}`)
    await expect(page).toHaveTitle(new RegExp(sermon.title))
    await expect(page.locator('[data-sentence="3"]')).toBeVisible()
  })

  test('a search by the button shows the passages', async ({ page }) => {
    await page.goto('/search')
    await page.getByRole('searchbox').fill('peace')
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
    await expect(page).toHaveURL(/\/search\?q=peace/)
    await expect(page.getByRole('region', { name: 'Results' }).getByRole('listitem').first()).toBeVisible()
  })

  // The test browser parses pages as if scripts ran, so what stands in `noscript` is read from the HTML.
  test('the ask page says that asking needs JavaScript, and what to do', async ({ request }) => {
    const html = await (await request.get('/ask')).text()
    const [, shown = ''] = /<noscript>(.*?)<\/noscript>/s.exec(html) ?? []
    expect(shown).toContain('Asking needs JavaScript.')
    expect(shown).toMatch(/<a href="\/search"[^>]*>search the sermons<\/a>/)
  })
})

test('an address with a cursor that is none answers 400 in words', async ({ request }) => {
  for (const address of ['/?after=garbage', '/series/nothing-here?after=garbage', '/speakers/x?after=W10']) {
    const response = await request.get(address)
    expect(response.status(), address).toBe(400)
    expect(await response.text(), address).toContain('Start again from the first page.')
  }
})

test('what does not exist in the dashboard answers 404', async ({ page }) => {
  await signIn(page)
  for (const address of [
    '/dashboard/sermons/00000000-0000-4000-8000-000000000000',
    '/dashboard/sermons/nothing-here',
    '/dashboard/jobs/nothing-here',
    '/dashboard/jobs/dead-letters/nothing-here',
    '/dashboard/nothing-here',
  ]) {
    expect((await page.request.get(address)).status(), address).toBe(404)
  }
})
