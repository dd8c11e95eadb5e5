import { findReadySermon, type ReadySermon } from './fixtures/listening.ts'
import { expectAccessible, signIn } from './fixtures/member.ts'
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
    await other.reload()
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

  await test.step('find and replace previews the change before making it', async () => {
    await page.getByRole('button', { name: 'Find and replace' }).click()
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
