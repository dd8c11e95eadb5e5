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
    const church = await page.getByRole('heading', { level: 1 }).textContent()
    await expect(page).toHaveTitle(`${church} · Sermons`)
    await page.getByRole('main').getByRole('link', { name: sermon.title }).first().click()
    await expect(page.getByRole('heading', { level: 1, name: sermon.title })).toBeVisible()
  })

  test('a sermon shows its title and its transcript', async ({ page }) => {
    await page.goto(`/sermons/${sermon.slug}`)
    await expect(page).toHaveTitle(new RegExp(sermon.title))
    await expect(page.locator('[data-sentence="3"]')).toBeVisible()
    // What the tabs hide otherwise, and no button that would do nothing.
    await expect(page.getByRole('tabpanel')).toHaveCount(await page.locator('[role="tabpanel"]').count())
    await expect(page.locator('button[type="button"]:visible')).toHaveCount(0)
  })

  test('a search with the button shows the passages', async ({ page }) => {
    await page.goto('/search')
    await page.getByRole('searchbox').fill('peace')
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
    await expect(page).toHaveURL(/\/search\?q=peace/)
    await expect(page.getByRole('region', { name: 'Results' }).getByRole('listitem').first()).toBeVisible()
  })

  test('the lists of sermons, series, speakers and years lead to sermons', async ({ page }) => {
    await page.goto('/sermons')
    await page.getByRole('main').getByRole('textbox').fill(sermon.title)
    await page.getByRole('main').getByRole('button', { name: 'Show sermons' }).click()
    await expect(page).toHaveURL(/[?&]q=/)
    await expect(page.getByRole('main').getByRole('link', { name: sermon.title }).first()).toBeVisible()
    for (const list of ['/series', '/speakers', '/years']) {
      await page.goto(list)
      await page.getByRole('main').getByRole('listitem').getByRole('link').first().click()
      await expect(page.getByRole('main').getByRole('link', { name: /./ }).first()).toBeVisible()
      expect(new URL(page.url()).pathname).toMatch(new RegExp(`^${list}/.+`))
    }
  })

  test('a question and its follow-up are answered from the chosen sermon, with the button', async ({
    page,
  }) => {
    await page.goto(`/sermons/${sermon.slug}`)
    const words = ((await page.locator('[data-sentence="5"]').textContent()) ?? '').split(' ').slice(0, 12)
    await page.goto(`/ask?sermon=${sermon.slug}`)
    await expect(page.getByRole('radio', { name: `This sermon: ${sermon.title}` })).toBeChecked()
    await page.getByRole('textbox').fill(`What was said about "${words.join(' ')}"?`)
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    await expect(page.getByRole('figure').first()).toBeVisible()
    await page.getByRole('textbox').fill('And why?')
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    await expect(page.getByText(/^Read as: “What was said about/)).toBeVisible()
    await expect(page.getByRole('figure').first()).toBeVisible()
    await page.getByRole('link', { name: 'Ask it without the earlier question' }).click()
    await expect(page.getByRole('textbox')).toHaveValue('And why?')
    await expect(page.getByText('Read as:')).toHaveCount(0)
    await expect(page.getByRole('radio', { name: `This sermon: ${sermon.title}` })).toBeChecked()
  })

  test('the library of this browser says what it needs, and leads to all sermons', async ({ page }) => {
    await page.goto('/library')
    await expect(page.getByRole('heading', { name: 'This page needs JavaScript' })).toBeVisible()
    await expect(page.locator('.animate-breathe').first()).toBeHidden()
    await page.getByRole('main').getByRole('link', { name: 'Browse sermons' }).click()
    await expect(page.getByRole('main').getByRole('link', { name: sermon.title }).first()).toBeVisible()
  })

  test.describe('where there is nothing', () => {
    test.use({ allowedErrors: [/status of 40[04]/] })

    for (const address of [
      '/nothing-here',
      '/sermons/nothing-here',
      '/sermons/%00',
      '/sermons/nothing-here?t=1m30s',
      '/series/nothing-here',
      '/speakers/nothing-here',
      '/bible/nothing-here',
      '/bible/john/99',
      '/bible/john/nothing-here',
      '/topics/nothing-here',
      '/years/1234',
      '/dashboard/nothing-here',
    ]) {
      test(`${address} answers 404 with its text and its links`, async ({ page }) => {
        const response = await page.goto(address)
        expect(response?.status()).toBe(404)
        await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible()
        await expect(page).toHaveTitle(/Page not found/)
        await page.getByRole('link', { name: 'Go to the sermons' }).click()
        await expect(page.getByRole('main').getByRole('link', { name: sermon.title }).first()).toBeVisible()
      })
    }

    test('a frame with an unknown sermon answers 404 with its text and a link', async ({ page }) => {
      const response = await page.goto('/embed/sermons/nothing-here')
      expect(response?.status()).toBe(404)
      await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
      await expect(page.getByRole('link', { name: 'Go to the sermons' })).toBeVisible()
    })

    test('an address that is not valid is explained, and leads to the page without its wrong part', async ({
      page,
    }) => {
      const response = await page.goto('/search?q=peace&year=abc')
      expect(response?.status()).toBe(400)
      await expect(page.getByRole('heading', { level: 1, name: 'This address is not valid' })).toBeVisible()
      await expect(page.getByText('Selah cannot read “year” in it.')).toBeVisible()
      await page.getByRole('link', { name: 'Open the page without it' }).click()
      await expect(page).toHaveURL(/\/search\?q=peace$/)
      await expect(page.getByRole('region', { name: 'Results' })).toBeVisible()
    })
  })
})

test('unknown addresses of the dashboard answer 404', async ({ page }) => {
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
