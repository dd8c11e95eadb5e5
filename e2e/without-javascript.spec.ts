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

  test('a search with the button shows the passages', async ({ page }) => {
    await page.goto('/search')
    await page.getByRole('searchbox').fill('peace')
    await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
    await expect(page).toHaveURL(/\/search\?q=peace/)
    await expect(page.getByRole('region', { name: 'Results' }).getByRole('listitem').first()).toBeVisible()
  })

  test('the lists of sermons, series and speakers lead to sermons', async ({ page }) => {
    await page.goto('/sermons')
    await page.getByRole('main').getByRole('textbox').fill(sermon.title)
    await page.getByRole('main').getByRole('button', { name: 'Show sermons' }).click()
    await expect(page).toHaveURL(/[?&]q=/)
    await expect(page.getByRole('main').getByRole('link', { name: sermon.title }).first()).toBeVisible()
    for (const list of ['/series', '/speakers']) {
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
})

test('an address with an invalid cursor answers 400 with an explanation', async ({ request }) => {
  for (const address of ['/?after=garbage', '/series/nothing-here?after=garbage', '/speakers/x?after=W10']) {
    const response = await request.get(address)
    expect(response.status(), address).toBe(400)
    expect(await response.text(), address).toContain('Start again from the first page.')
  }
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
