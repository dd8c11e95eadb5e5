import type { Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessibility.ts'
import { findReadySermon, type ReadySermon } from './fixtures/listening.ts'
import { signIn } from './fixtures/member.ts'
import { expect, test } from './fixtures/test.ts'

let sermon: ReadySermon

test.beforeAll(async ({ request }) => {
  sermon = await findReadySermon(request)
})

test.use({ allowedErrors: [/status of 409/] })

test('a corrected word is saved while it is typed, read by listeners, and can be undone', async ({
  page,
}) => {
  const editor = `/dashboard/sermons/${sermon.id}/transcript`
  await signIn(page, editor)
  const first = page.getByRole('textbox', { name: /^Paragraph at/ }).first()
  const before = (await first.textContent()) ?? ''

  await test.step('typing is saved without a button', async () => {
    await first.click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('Correctedword ')
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    await page.reload()
    await expect(first).toHaveText(`Correctedword ${before}`)
  })

  await test.step('another tab with an older version is notified and loses no text', async () => {
    const other = await page.context().newPage()
    await other.goto(editor)
    await page
      .getByRole('textbox', { name: /^Paragraph at/ })
      .nth(1)
      .click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(' one')
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    await other
      .getByRole('textbox', { name: /^Paragraph at/ })
      .first()
      .click()
    await other.keyboard.press('Control+End')
    await other.keyboard.type(' two')
    await expect(
      other.getByRole('status').filter({ hasText: 'Someone changed this transcript' }),
    ).toBeVisible()
    await other.getByRole('button', { name: 'Load the newest text' }).click()
    await expect(other.getByRole('textbox', { name: /^Paragraph at/ }).nth(1)).toContainText(' one')
    await expect(other.getByRole('textbox', { name: /^Paragraph at/ }).first()).toContainText(' two')
    await expect(other.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    await other.close()
    await page.reload()
  })

  await test.step('listeners read it', async () => {
    const reader = await page.context().newPage()
    await reader.goto(`/sermons/${sermon.slug}`)
    await expect(reader.locator('[data-sentence="0"]')).toContainText('Correctedword')
    await reader.close()
  })

  await test.step('a save is in the list of versions without a reload', async () => {
    const list = page.getByRole('dialog', { name: 'Versions' }).getByRole('listitem')
    await page.getByRole('button', { name: 'Versions' }).click()
    await expect(list.filter({ hasText: 'Current' })).toHaveCount(1)
    const count = await list.count()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Mark as reviewed' }).click()
    await expect(page.getByText('Reviewed', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Versions' }).click()
    await expect(list.first()).toContainText(/Corrected by .* · Reviewed/i)
    expect(await list.count()).toBeGreaterThanOrEqual(count)
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  })

  await test.step('find and replace previews the change before making it', async () => {
    await page.getByRole('button', { name: 'Find and replace' }).click()
    await page.getByRole('textbox', { name: 'Find' }).fill('correctedwor')
    await expect(page.getByText('Found once.')).toBeVisible()
    const wholeWords = page.getByRole('checkbox', { name: 'Whole words only' })
    await wholeWords.press('Space')
    await expect(page.getByText('Not found.')).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('textbox', { name: 'Find' }).fill('correctedword')
    await page.getByRole('textbox', { name: 'Replace with' }).fill('Betterword')
    await expect(page.getByText('Found once.')).toBeVisible()
    await page.getByRole('button', { name: 'Replace 1 place' }).click()
    await expect(first).toContainText('Betterword')
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  })

  await test.step('an emptied paragraph is gone after the cursor has left it, also after a reload', async () => {
    const paragraphs = page.getByRole('textbox', { name: /^Paragraph at/ })
    const second = (await paragraphs.nth(1).textContent()) ?? ''
    await paragraphs.nth(1).click()
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    await first.click()
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    await page.reload()
    await expect(first).toContainText('Betterword')
    await expect(page.getByText(second, { exact: true })).toHaveCount(0)
  })

  await test.step('an earlier version can be restored', async () => {
    await page.reload()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Versions' }).click()
    await page.getByRole('button', { name: 'Restore' }).last().click()
    await expect(first).toHaveText(before)
  })
})

const paragraphsOf = (page: Page) => page.getByRole('textbox', { name: /^Paragraph at/ })
const saved = (page: Page) => expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()

test('every change can be undone and made again with the keyboard, also after it was saved', async ({
  page,
}) => {
  await signIn(page, `/dashboard/sermons/${sermon.id}/transcript`)
  const paragraphs = paragraphsOf(page)
  const texts = await paragraphs.allTextContents()
  const [before = '', next = ''] = texts
  const words = before.split(' ')

  await test.step('typing', async () => {
    await paragraphs.first().click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('Grace be ')
    await saved(page)
    await page.keyboard.press('Control+z')
    await expect(paragraphs.first()).toHaveText(`Grace ${before}`)
    await page.getByRole('button', { name: 'Redo' }).click()
    await expect(paragraphs.first()).toHaveText(`Grace be ${before}`)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.keyboard.press('Control+z')
    await expect(paragraphs.first()).toHaveText(before)
    await saved(page)
  })

  await test.step('splitting', async () => {
    await paragraphs.first().click()
    await page.keyboard.press('Control+Home')
    for (let word = 0; word < 3; word += 1) await page.keyboard.press('Control+ArrowRight')
    await page.keyboard.press('Enter')
    await expect(paragraphs.nth(1)).toHaveText(words.slice(3).join(' '))
    await expect(paragraphs.nth(1)).toBeFocused()
    await saved(page)
    await page.reload()
    await expect(paragraphs.nth(1)).toHaveText(words.slice(3).join(' '))
  })

  await test.step('joining, which takes the split back', async () => {
    await paragraphs.nth(1).focus()
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Backspace')
    await expect(paragraphs.first()).toHaveText(before)
    await page.keyboard.press('Control+z')
    await expect(paragraphs.first()).toHaveText(words.slice(0, 3).join(' '))
    await page.keyboard.press('Control+Shift+z')
    await expect(paragraphs.first()).toHaveText(before)
    await saved(page)
  })

  await test.step('deleting a paragraph', async () => {
    await paragraphs.nth(1).click()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await paragraphs.first().click()
    await expect(paragraphs.nth(1)).not.toHaveText(next)
    await saved(page)
    await page.keyboard.press('Control+z')
    await expect(paragraphs.nth(1)).toHaveText(next)
    await saved(page)
  })

  await test.step('replacing everywhere', async () => {
    await page.getByRole('button', { name: 'Find and replace' }).click()
    await page.getByRole('textbox', { name: 'Find' }).fill('the')
    await page.getByRole('textbox', { name: 'Replace with' }).fill('ze')
    await page.getByRole('button', { name: /^Replace \d+ places$/ }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => paragraphs.allTextContents()).toEqual(texts)
    await saved(page)
    await page.reload()
    await expect.poll(() => paragraphs.allTextContents()).toEqual(texts)
  })
})

test('a paragraph gets the name of its speaker by keyboard, and listeners and captions have it', async ({
  page,
}) => {
  await signIn(page, `/dashboard/sermons/${sermon.id}/transcript`)
  const second = paragraphsOf(page).nth(1)
  await second.focus()
  await page.keyboard.press('Control+,')
  await page.getByRole('textbox', { name: 'Name' }).fill('Ruth Hall')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^Ruth Hall speaks from/ })).toBeVisible()
  await expect(second).toBeFocused()
  await saved(page)
  await expectAccessible(page)

  const captions = await page.request.get(`/api/v1/sermons/${sermon.id}/transcript.vtt`)
  expect(await captions.text()).toContain('<v Ruth Hall>')
  const reader = await page.context().newPage()
  await reader.goto(`/sermons/${sermon.slug}`)
  await expect(reader.getByText('Ruth Hall', { exact: true })).toBeVisible()
  await reader.close()

  await page.reload()
  await page.getByRole('button', { name: /^Ruth Hall speaks from/ }).click()
  await page.getByRole('button', { name: 'Remove the name' }).click()
  await saved(page)
  await expect(page.getByRole('button', { name: /^Ruth Hall speaks from/ })).toHaveCount(0)
})
