import { expectAccessible } from './fixtures/accessibility.ts'
import { expectPlaying, findReadySermon, playButton, type ReadySermon } from './fixtures/listening.ts'
import { signIn } from './fixtures/member.ts'
import { expect, test } from './fixtures/test.ts'

let sermon: ReadySermon

test.beforeAll(async ({ request }) => {
  sermon = await findReadySermon(request)
})

test('the operator sees how long listeners waited for sound', async ({ page, browser }) => {
  const reported = page.waitForResponse((response) => response.url().endsWith('/api/v1/playback-reports'))
  await page.goto(`/sermons/${sermon.slug}`)
  await playButton(page, sermon).click()
  await expectPlaying(page)
  const report = await reported
  expect(report.status()).toBe(202)
  expect(Object.keys(report.request().postDataJSON()).sort()).toEqual(['kind', 'sermonId', 'waitedMs'])

  const context = await browser.newContext()
  const team = await context.newPage()
  await signIn(team, '/dashboard/jobs/figures')
  const playback = team.getByRole('region', { name: 'Playback' })
  await expect(playback.getByRole('row', { name: /From play to sound/ })).toBeVisible()
  await expectAccessible(team)
  await context.close()
})

test('the pastor sees how often a podcast file was downloaded: once for each listener, without programs', async ({
  page,
  request,
}) => {
  const get = async (userAgent: string, range: string) => {
    const response = await request.get(`/feeds/audio/${sermon.id}.mp3`, {
      headers: { 'user-agent': userAgent, range },
    })
    expect([200, 206]).toContain(response.status())
  }
  await signIn(page, '/dashboard/podcast')
  const figure = page.getByText('Last 7 days').locator('..').locator('dd')
  const before = Number(await figure.textContent())
  const app = 'AppleCoreMedia/1.0.0.21A329 (iPhone; U; CPU OS 17_0 like Mac OS X; en_us)'
  await get(app, 'bytes=0-1')
  await get(app, 'bytes=0-')
  await get(app, 'bytes=100000-')
  await get('Googlebot/2.1', 'bytes=0-')
  await page.reload()
  await expect(figure).toHaveText(String(before + 1))
  await expectAccessible(page)
})
