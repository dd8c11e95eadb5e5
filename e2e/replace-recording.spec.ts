import { makeTone } from '../harness/media/make-wav.ts'
import { expectAccessible } from './fixtures/accessibility.ts'
import { captions } from './fixtures/captions.ts'
import { removeSermons, signIn } from './fixtures/member.ts'
import { expect, test } from './fixtures/test.ts'

const wav = (name: string, seconds: number) => ({
  name,
  mimeType: 'audio/wav',
  buffer: makeTone({ durationMs: seconds * 1000 }),
})

test('a pastor replaces a recording, and returns to the one before with its words by keyboard', async ({
  page,
  baseURL,
}) => {
  // Two recordings are prepared one after the other.
  test.setTimeout(420_000)
  const title = 'Two takes'
  await signIn(page)
  await removeSermons(page.request, baseURL ?? '', title)
  await page.reload()
  await page.locator('input[type=file][multiple]').setInputFiles(wav(`${title}.wav`, 20))
  const row = page.locator('li[data-sermon]').filter({ hasText: title })
  await row.getByRole('link', { name: title, exact: true }).click()
  const media = page.locator('[data-step=media]')
  const transcript = page.getByRole('region', { name: 'Transcript' })
  await expect(media).toHaveAttribute('data-status', 'ready', { timeout: 120_000 })
  await page
    .locator('input[type=file][accept*=vtt]')
    .setInputFiles({ name: 'words.vtt', mimeType: 'text/vtt', buffer: Buffer.from(captions) })
  await expect(transcript).toContainText('You must be born again', { timeout: 60_000 })

  await test.step('the new recording asks for its own transcript', async () => {
    await expect(page.getByText('Another recording gets its own transcript')).toBeVisible()
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Replace recording' }).click()
    await (await chooser).setFiles(wav('better take.wav', 8))
    await expect(media).toHaveAttribute('data-status', 'ready', { timeout: 120_000 })
    await expect(page.getByText('8 sec')).toBeVisible()
    await expect(transcript).not.toContainText('You must be born again')
    await expect(page.getByText('belongs to the earlier recording')).toBeVisible()
  })

  await test.step('the recording before is used again, with its transcript', async () => {
    await page.getByText('1 other recording of this sermon').focus()
    await page.keyboard.press('Enter')
    await expectAccessible(page)
    await page.getByRole('button', { name: `Use this one: ${title}.wav` }).press('Enter')
    await expect(page.getByText('20 sec')).toBeVisible()
    await expect(transcript).toContainText('You must be born again')
    await expect(page.getByRole('button', { name: 'Use this one: better take.wav' })).toBeVisible()
  })
  await removeSermons(page.request, baseURL ?? '', title)
})
