import { expectAccessible } from './fixtures/accessibility.ts'
import { findReadySermon, type ReadySermon } from './fixtures/listening.ts'
import { signIn } from './fixtures/member.ts'
import { expect, test } from './fixtures/test.ts'

let sermon: ReadySermon

test.beforeAll(async ({ request }) => {
  sermon = await findReadySermon(request)
})

test('a listener suggests a fix by keyboard, and the pastor accepts it with one press', async ({
  page,
  browser,
}) => {
  const sentence = page.locator('[data-sentence="2"]')
  await page.goto(`/sermons/${sermon.slug}`)
  const before = (await sentence.textContent()) ?? ''

  await test.step('the listener needs no account and no mouse', async () => {
    await page.getByRole('button', { name: 'Suggest a fix' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByText('Choose the sentence with the mistake.')).toBeVisible()
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect(sentence).toBeFocused()
    await page.keyboard.press('Enter')
    const field = page.getByRole('textbox', { name: 'Sentence' })
    await expect(field).toHaveValue(before)
    await expectAccessible(page)
    await field.press('Control+End')
    await page.keyboard.type(' Selah.')
    await page.getByRole('button', { name: 'Send the suggestion' }).press('Enter')
    await expect(page.getByText('Thank you.')).toBeVisible()
    await expect(sentence).toHaveText(before)
  })

  const context = await browser.newContext()
  const team = await context.newPage()
  await test.step('the dashboard says so, and the editor has it', async () => {
    await signIn(team, '/dashboard')
    await team.getByRole('link', { name: `A listener suggests a fix in “${sermon.title}”` }).click()
    await expect(team.getByRole('heading', { name: 'A suggestion by a listener' })).toBeVisible()
    await expectAccessible(team)
    await team.getByRole('button', { name: /^Accept/ }).press('Enter')
    await expect(team.getByRole('heading', { name: 'A suggestion by a listener' })).toHaveCount(0)
  })

  await page.reload()
  // It may be a sentence of its own, in whichever sermon is ready first.
  await expect(page.locator('[data-sentence]').filter({ hasText: 'Selah.' })).toBeVisible()
  await context.close()
})

test('a sermon that visitors cannot open takes no suggestion', async ({ page, request }) => {
  await signIn(page)
  const created = await page.request.post('/api/v1/sermons/text', {
    headers: { origin: new URL(page.url()).origin },
    data: { title: 'Not published', text: 'Only the team reads this. It is a draft.' },
  })
  const { sermon: draft } = await created.json()
  const answer = await request.post(`/api/v1/sermons/${draft.id}/suggestions`, {
    headers: { origin: new URL(page.url()).origin },
    data: { firstWord: 0, lastWord: 0, before: 'Only', after: 'Not only' },
  })
  expect(answer.status()).toBe(404)
})
