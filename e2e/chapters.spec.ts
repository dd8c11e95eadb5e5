import { expectAccessible } from './fixtures/accessibility.ts'
import { clock, findReadySermon, isSilent, type ReadySermon } from './fixtures/listening.ts'
import { signIn } from './fixtures/member.ts'
import { expect, test } from './fixtures/test.ts'

let sermon: ReadySermon

test.beforeAll(async ({ request }) => {
  sermon = await findReadySermon(request)
})

test('a pastor adds, moves, renames and removes chapters, and listeners have them on the timeline', async ({
  page,
  browser,
}) => {
  await signIn(page, `/dashboard/sermons/${sermon.id}`)
  const panel = page.getByRole('region', { name: 'Chapters' })
  const times = panel.getByRole('textbox', { name: /^Begin of/ })
  const titles = panel.getByRole('textbox', { name: /^Title of the chapter/ })
  const save = panel.getByRole('button', { name: 'Save chapters' })
  const before = await times.count()

  await test.step('by keyboard; a time that cannot be read is explained and not sent', async () => {
    await panel.getByRole('button', { name: 'Add chapter' }).press('Enter')
    await expect(times).toHaveCount(before + 1)
    await times.first().fill('soon')
    await titles.first().fill('The bell')
    await expect(panel.getByText('Write the time as 12:30 or 1:05:00.')).toBeVisible()
    await expect(save).toBeDisabled()
    await times.first().fill('0:05')
    await expectAccessible(page)
  })

  await test.step('a reload loses nothing that was typed', async () => {
    await page.reload()
    await expect(titles.first()).toHaveValue('The bell')
    await save.click()
    await expect(page.getByText('Chapters saved')).toBeVisible()
    await expect(save).toHaveCount(0)
  })

  const context = await browser.newContext()
  const listener = await context.newPage()
  await test.step('the listener sees the chapter in the list and on the timeline, and plays it', async () => {
    await listener.goto(`/sermons/${sermon.slug}`)
    await listener.getByRole('tab', { name: 'Chapters' }).click()
    const list = listener.getByRole('tabpanel', { name: 'Chapters' })
    await expect(list.getByText('The bell')).toBeVisible()
    await expect(listener.locator('[data-chapter]').first()).toBeAttached()
    await expectAccessible(listener)
    await list.getByRole('button', { name: /from 0:05/ }).click()
    await expect(listener.getByRole('slider', { name: 'Position', exact: true })).toHaveAttribute(
      'aria-valuetext',
      /The bell/,
    )
  })

  await test.step('the sleep timer stops where the chapter ends, after a jump into another one too', async () => {
    await listener.setViewportSize({ width: 1440, height: 900 })
    const timer = listener.getByLabel('Sleep timer').locator('visible=true')
    await timer.selectOption({ label: 'End of chapter' })
    await listener.getByRole('slider', { name: 'Position', exact: true }).focus()
    await listener.keyboard.press('Home')
    await expect.poll(() => isSilent(listener), { timeout: 15_000 }).toBe(true)
    await expect(timer).toHaveValue('')
    const stoppedAt = await clock(listener)
    expect(stoppedAt).toBeGreaterThanOrEqual(5)
    expect(stoppedAt).toBeLessThan(6)
    expect(await listener.locator('audio').evaluate((audio: HTMLAudioElement) => audio.volume)).toBe(1)
  })

  await test.step('a sermon that plays from a list has its chapters in the player too', async () => {
    await listener.goto('/library')
    const history = listener.getByRole('region', { name: 'History' })
    await history.getByRole('button', { name: `Play ${sermon.title}` }).click()
    const player = listener.getByRole('region', { name: 'Player' }).locator('visible=true')
    await expect(player.locator('[data-chapter]').first()).toBeAttached()
    await player.getByLabel('Sleep timer').selectOption({ label: 'End of chapter' })
  })

  await test.step('renamed, moved and removed', async () => {
    await titles.first().fill('For whom it tolls')
    await times.first().fill('0:07')
    await save.click()
    await expect(save).toHaveCount(0)
    await listener.goto(`/sermons/${sermon.slug}`)
    await listener.getByRole('tab', { name: 'Chapters' }).click()
    await expect(listener.getByRole('button', { name: /from 0:07/ })).toBeVisible()
    await panel.getByRole('button', { name: 'Remove “For whom it tolls”' }).click()
    await save.click()
    await expect(save).toHaveCount(0)
    await expect(times).toHaveCount(before)
  })
  await context.close()
})
