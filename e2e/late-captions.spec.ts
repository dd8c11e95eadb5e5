import { makeTone } from '../harness/media/make-wav.ts'
import { removeSermons, signIn } from './fixtures/member.ts'
import { expect, test } from './fixtures/test.ts'

test.use({ allowedErrors: [/status of 422/] })

test('captions that begin at 1:00:00 are refused with an offer to shift them to the start', async ({
  page,
  baseURL,
}) => {
  const title = 'Captions of the whole service'
  await signIn(page)
  await removeSermons(page.request, baseURL ?? '', title)
  await page.reload()
  await page.locator('input[type=file][multiple]').setInputFiles({
    name: `${title}.wav`,
    mimeType: 'audio/wav',
    buffer: makeTone({ durationMs: 21_300 }),
  })
  const row = page.locator('li[data-sermon]').filter({ hasText: title })
  await expect(row.locator('[data-facet=media]')).toHaveAttribute('data-status', 'ready', {
    timeout: 120_000,
  })
  await row.getByRole('link', { name: title, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  const srt =
    '1\n01:00:01,000 --> 01:00:04,000\nGrace to the late ones.\n\n2\n01:00:05,000 --> 01:00:08,000\nAnd peace to the early ones.\n'
  await page
    .locator('input[type=file][accept*=vtt]')
    .setInputFiles({ name: 'service.srt', mimeType: 'text/plain', buffer: Buffer.from(srt) })
  await expect(page.getByText(/begin at 1:00:00\./)).toBeVisible()
  await page.getByRole('button', { name: 'Shift the times to the start and use it' }).click()
  await expect(page.locator('[data-step=transcript]')).toHaveAttribute('data-status', 'ready', {
    timeout: 60_000,
  })
  await expect(page.getByText('Grace to the late ones.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Shift the times' })).toHaveCount(0)
  const { sermons } = await (await page.request.get('/api/v1/sermons?limit=100')).json()
  const { id } = sermons.find((sermon: { title: string }) => sermon.title === title)
  const vtt = await (await page.request.get(`/api/v1/sermons/${id}/transcript.vtt`)).text()
  expect(vtt).toMatch(/\n(?:00:)?00:01\.000 --> /)
  await removeSermons(page.request, baseURL ?? '', title)
})
