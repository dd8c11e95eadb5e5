import type { Locator } from '@playwright/test'
import {
  expectJumpTo,
  expectPlaying,
  findReadySermon,
  playButton,
  type ReadySermon,
  recordJumps,
} from './fixtures/listening.ts'
import { signIn } from './fixtures/member.ts'
import { tabTo } from './fixtures/tab-to.ts'
import { expect, test } from './fixtures/test.ts'

let sermon: ReadySermon

test.beforeAll(async ({ request }) => {
  sermon = await findReadySermon(request)
})

test.beforeEach(({ page }) => recordJumps(page))

const secondOf = async (sentence: Locator): Promise<number> =>
  Number(new URL((await sentence.getAttribute('href')) ?? '', 'http://x').searchParams.get('t'))

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
  const link = quote.getByRole('link', { name: sermon.title })
  const second = await secondOf(link)
  await quote.getByRole('button', { name: /^Play/ }).click()
  await expectJumpTo(page, second)
  await expectPlaying(page)
})

test('the quotes of an answer are dots on the timeline, and a click on a dot plays the quote', async ({
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
  if (!line || !dot) throw new Error('The timeline and its dots are not visible.')
  await page.mouse.click(dot.x + dot.width / 2, line.y + line.height / 2)
  await expectJumpTo(page, minutes * 60 + seconds)
  await expectPlaying(page)
})

test('an answer is shown again after a reload, Back and in another browser, and its question can be deleted', async ({
  page,
  browser,
}) => {
  await page.goto(`/sermons/${sermon.slug}`)
  const words = ((await page.locator('[data-sentence="5"]').textContent()) ?? '').split(' ').slice(0, 12)
  const question = `What was said about "${words.join(' ')}"?`
  await page.goto('/ask')
  await page.getByRole('textbox', { name: 'Ask a question' }).fill(question)
  await page.keyboard.press('Enter')
  const quote = page.getByRole('figure').first()
  await expect(quote).toBeVisible()
  const text = (await quote.getByRole('paragraph').first().textContent()) ?? ''
  await page
    .getByRole('textbox', { name: 'Ask a question' })
    .fill('How do I configure a TCP router with IPv6?')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Not preached here yet' })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('textbox', { name: 'Ask a question' })).toHaveValue(question)
  await expect(quote.getByText(text)).toBeVisible()
  await page.reload()
  await expect(quote.getByText(text)).toBeVisible()
  const other = await browser.newContext()
  const shared = await other.newPage()
  await shared.goto(page.url())
  await expect(shared.getByRole('figure').first().getByText(text)).toBeVisible()
  await other.close()

  await page.goto('/ask')
  const recent = page.getByRole('region', { name: 'Recent questions' })
  await expect(recent.getByRole('listitem')).toHaveCount(2)
  await recent.getByRole('button', { name: `Delete “${question}”` }).click()
  await expect(recent.getByRole('listitem')).toHaveCount(1)
  await recent.getByRole('button', { name: 'Delete all' }).click()
  await expect(recent).toHaveCount(0)
  // Only a list that is shown tells that it does not have what was deleted.
  await page.getByRole('textbox', { name: 'Ask a question' }).fill(question)
  await page.keyboard.press('Enter')
  await expect(quote.getByText(text)).toBeVisible()
  await page.goto('/ask')
  await expect(recent.getByRole('listitem')).toHaveCount(1)
})

test('a search and a question with a misspelled book of the Bible offer the reference that is meant', async ({
  page,
}) => {
  await page.goto('/search?q=Romnas+8%3A28')
  await page.getByRole('link', { name: 'Romans 8:28', exact: true }).click()
  await expect(page.getByRole('searchbox')).toHaveValue('Romans 8:28')
  await expect(page.getByText('Did you mean')).toHaveCount(0)

  // One message has the other words right too.
  await page.goto('/search?q=Romnas+8+unchangng')
  await expect(page.getByRole('link', { name: 'Romans 8 unchanging', exact: true })).toBeVisible()
  await expect(page.getByText('Showing results for')).toHaveCount(0)

  await page.goto('/ask')
  const field = page.getByRole('textbox', { name: 'Ask a question' })
  await field.fill('What does Romnas 8:28 mean?')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'What does Romans 8:28 mean?' }).click()
  await expect(field).toHaveValue('What does Romans 8:28 mean?')
  await expect(page.getByText('Did you mean')).toHaveCount(0)
})

test('a question without an answer reaches the pastor, who answers it with a sermon', async ({ page }) => {
  const question = 'Which hymn book do platypuses prefer?'
  await page.goto(`/ask?q=${encodeURIComponent(question)}`)
  await expect(
    page.getByRole('heading', { name: /Not preached here yet|Nothing answers this/ }),
  ).toBeVisible()
  await signIn(page, '/dashboard/questions')
  const group = page.getByRole('listitem').filter({ hasText: question })
  await expect(group.getByLabel('Sermon')).toHaveValue('')
  await group.getByLabel('Sermon').selectOption({ label: sermon.title })
  await group.getByRole('button', { name: 'Answer with this sermon' }).click()
  await expect(page.getByRole('button', { name: `Remove the answer to “${question}”` })).toBeVisible()
  await page.goto(`/ask?q=${encodeURIComponent('which hymn book does a platypus prefer')}`)
  const main = page.getByRole('main')
  await expect(main.getByText('The church answers this with a sermon')).toBeVisible()
  await expect(main.getByRole('link', { name: sermon.title }).first()).toBeVisible()
  await page.goto('/dashboard/questions')
  await page.getByRole('button', { name: `Remove the answer to “${question}”` }).click()
  await expect(page.getByRole('button', { name: `Remove the answer to “${question}”` })).toHaveCount(0)
})

test('a question that was never preached on gets a plain answer, not an error', async ({ page }) => {
  await page.goto(`/ask?q=${encodeURIComponent('How do I configure a TCP router with IPv6?')}`)
  await expect(page.getByRole('heading', { name: 'Not preached here yet' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
})

test('searching finds the passage and plays it', async ({ page }) => {
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

test('a search without results says so', async ({ page }) => {
  await page.goto(`/search?q=${encodeURIComponent('blockchain kubernetes')}`)
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Results' })).toHaveCount(0)
})

test('a sermon can be found, played and asked with the keyboard only', async ({ page }) => {
  await page.goto('/')
  await tabTo(page, page.getByRole('link', { name: sermon.title }).first())
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: sermon.title })).toBeVisible()
  await tabTo(page, playButton(page, sermon))
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

test.describe('without a connection to ask', () => {
  test.use({ allowedErrors: [/net::ERR_INTERNET_DISCONNECTED/] })

  test('a question that cannot be sent shows an error, and is sent on a retry', async ({ page, context }) => {
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
