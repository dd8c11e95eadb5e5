import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { expectAccessible } from './fixtures/accessibility.ts'
import { clock, countShifts, expectPlaying, findReadySermon, playButton } from './fixtures/listening.ts'
import { signIn } from './fixtures/member.ts'
import { expect, test } from './fixtures/test.ts'

const profile = {
  description: 'A church by the harbour. Everyone is welcome.',
  services: ['Sundays 9:00 and 11:00', 'Wednesdays 19:30'],
  website: 'www.gracechurch.org',
}

const panel = (page: Page) => page.getByRole('region', { name: 'Home page' })

test('the home page shows what the church says about itself in Settings', async ({ page }) => {
  await signIn(page)
  await page.goto('/dashboard/settings')
  await panel(page).getByLabel('Short description').fill(profile.description)
  await panel(page).getByLabel('Services').fill(profile.services.join('\n'))
  await panel(page).getByLabel('Website').fill('javascript:alert(1)')
  await panel(page).getByRole('button', { name: 'Save the home page' }).click()
  await expect(panel(page)).toContainText('Give the address of the website')
  await expect(panel(page).getByLabel('Short description')).toHaveValue(profile.description)
  await panel(page).getByLabel('Website').fill(profile.website)
  const usesColour = panel(page).getByRole('checkbox', { name: 'Use the colour of your church' })
  await usesColour.check()
  await panel(page).getByRole('button', { name: 'Save the home page' }).click()
  await expect(panel(page)).toContainText('Saved.')
  await expect(usesColour).toBeChecked()
  await page.reload()
  await expect(usesColour).toBeChecked()
  await usesColour.uncheck()
  await panel(page).getByRole('button', { name: 'Save the home page' }).click()
  await expect(panel(page)).toContainText('Saved.')

  const logo = await sharp({ create: { width: 400, height: 200, channels: 3, background: '#1d3a5f' } })
    .png()
    .toBuffer()
  await panel(page)
    .getByLabel('Choose a JPEG or PNG image')
    .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: logo })
  await expect(panel(page).getByRole('button', { name: 'Remove the logo' })).toBeVisible()
  await expectAccessible(page)

  await page.goto('/')
  const header = page.getByRole('main').locator('header')
  const church = await header.getByRole('heading', { level: 1 }).textContent()
  await expect(header).toContainText(profile.description)
  await expect(header.getByRole('list', { name: 'Services' }).getByRole('listitem')).toHaveText(
    profile.services,
  )
  await expect(header.getByRole('link', { name: profile.website })).toHaveAttribute(
    'href',
    'https://www.gracechurch.org/',
  )
  await expect
    .poll(() => header.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(400)
  await expect(page).toHaveTitle(`${church} · Sermons`)
  await expectAccessible(page)
  const picture = await page.locator('meta[property="og:image"]').getAttribute('content')
  expect(new URL(picture ?? '').origin).toBe(new URL(page.url()).origin)
  expect((await page.request.get(picture ?? '')).headers()['content-type']).toBe('image/jpeg')
  const { name } = await (await page.request.get('/manifest.webmanifest')).json()
  expect(name).toBe(church)

  await page.goto('/dashboard/settings')
  await panel(page).getByRole('button', { name: 'Remove the logo' }).click()
  await expect(panel(page)).toContainText('No logo yet')
})

test('a sermon that was begun can be continued from the home page, which does not jump for it', async ({
  page,
  request,
}) => {
  const sermon = await findReadySermon(request)
  await countShifts(page)
  const continued = page.getByRole('region', { name: 'Continue listening' })
  await page.goto('/')
  await expect(continued).toBeHidden()

  await page.goto(`/sermons/${sermon.slug}`)
  await playButton(page, sermon).click()
  await expectPlaying(page)
  await page.keyboard.press('l')
  await expectPlaying(page)
  const leftAtSeconds = await clock(page)

  await page.goto('/')
  await expect(continued.getByRole('link', { name: sermon.title })).toBeVisible()
  await expect(continued.getByRole('progressbar')).toBeVisible()
  const shifted = await page.evaluate(() => window.shiftedBy)
  expect(shifted).toBeLessThanOrEqual(0.02)
  await expectAccessible(page)
  await continued.getByRole('button', { name: `Play ${sermon.title}` }).click()
  await expectPlaying(page)
  expect(await clock(page)).toBeGreaterThan(leftAtSeconds)
})
