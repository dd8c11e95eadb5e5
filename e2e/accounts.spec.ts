import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessibility.ts'
import { findReadySermon, type ReadySermon } from './fixtures/listening.ts'
import { type Mailbox, startMailbox } from './fixtures/mailbox.ts'
import { expect, test } from './fixtures/test.ts'

let mailbox: Mailbox
let sermon: ReadySermon
let other: ReadySermon

test.use({ allowedErrors: [/ERR_INTERNET_DISCONNECTED|status of 40[013]/] })

test.beforeAll(async ({ request }) => {
  mailbox = await startMailbox(Number(process.env.SELAH_TEST_MAIL_PORT))
  sermon = await findReadySermon(request)
  await expect(async () => {
    const { sermons }: { sermons: ReadySermon[] } = await (
      await request.get('/api/v1/sermons?limit=20')
    ).json()
    const found = sermons.find(({ id, facets }) => id !== sermon.id && facets.media === 'ready')
    expect(found).toBeDefined()
    if (found) other = found
  }).toPass({ timeout: 220_000, intervals: [1000] })
})

test.afterAll(() => mailbox?.stop())

const main = (page: Page) => page.getByRole('main')
const later = (page: Page) => page.getByRole('region', { name: 'Listen later' })
const playlists = (page: Page) => page.getByRole('region', { name: 'Playlists' })

/** Asks for a sign-in link, and returns it as it arrives. */
async function requestLink(page: Page, email: string): Promise<string> {
  await page.goto('/library')
  await main(page).getByRole('link', { name: 'Sign in' }).click()
  await main(page).getByLabel('Email').fill(email)
  await main(page).getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Check your email' })).toBeVisible()
  return mailbox.receiveLink(email)
}

async function openLink(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await main(page).getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/library$/)
  await expect(main(page)).toContainText('The same on every device')
}

/** What the server keeps of the listener in a list. */
async function idsOf(page: Page, kind: string): Promise<string[]> {
  const response = await page.request.get('/api/v1/me/library')
  const { items }: { items: { kind: string; id: string }[] } = await response.json()
  return items.filter((item) => item.kind === kind).map(({ id }) => id)
}

/** Comes back to a page that stayed open. */
const showAgain = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))

test('a listener signs in with a link, has one library on two devices, takes their data, and deletes the account', async ({
  page: desk,
  browser,
  baseURL,
}) => {
  const phoneContext = await browser.newContext({
    ...(baseURL ? { baseURL } : {}),
    viewport: { width: 390, height: 844 },
  })
  const phone = await phoneContext.newPage()
  const email = `ruth-${Date.now()}@example.org`
  const name = 'For the drive'

  await test.step('without an account the library is kept in the browser', async () => {
    await desk.goto(`/sermons/${sermon.slug}`)
    await desk.getByRole('button', { name: 'Listen later' }).click()
    await desk.getByRole('button', { name: 'Add to playlist' }).click()
    const dialog = desk.getByRole('dialog', { name: 'Add to playlist' })
    await dialog.getByLabel('Name of the playlist').fill(name)
    await dialog.getByRole('button', { name: 'Create and add' }).click()
    await desk.goto('/library')
    await expect(main(desk)).toContainText('Kept in this browser only')
    await expectAccessible(desk)
  })

  await test.step('a link that a mail program opened still works, in another browser, once', async () => {
    const link = await requestLink(desk, email)
    for (const method of ['get', 'head', 'get'] as const) {
      expect((await phone.request[method](link)).status()).toBe(200)
    }
    await phone.goto(link)
    await expectAccessible(phone)
    await openLink(phone, link)
    await desk.goto(link)
    await main(desk).getByRole('button', { name: 'Sign in' }).click()
    await expect(main(desk).getByRole('alert')).toContainText('was used already, or has expired')
  })

  await test.step('signing in merges the library of this browser into the account', async () => {
    await openLink(desk, await requestLink(desk, email))
    await expect(later(desk)).toContainText(sermon.title)
    await expect.poll(() => idsOf(desk, 'later')).toEqual([sermon.id])
    await phone.goto('/library')
    await expect(later(phone)).toContainText(sermon.title)
    await playlists(phone).getByText(name).click()
    await expect(playlists(phone).getByRole('listitem')).toHaveText([new RegExp(sermon.title)])
    await expectAccessible(phone)
  })

  await test.step('what is removed on one device is removed on the other', async () => {
    await later(phone)
      .getByRole('button', { name: /^Remove/ })
      .click()
    await expect.poll(() => idsOf(phone, 'later')).toEqual([])
    await showAgain(desk)
    await expect(later(desk)).toHaveCount(0)
    expect(await idsOf(desk, 'later')).toEqual([])
  })

  await test.step('a change without a network is merged when there is one again', async () => {
    await desk.goto(`/sermons/${other.slug}`)
    await expect(desk.getByRole('button', { name: 'Listen later' })).toBeVisible()
    await desk.context().setOffline(true)
    await desk.getByRole('button', { name: 'Listen later' }).click()
    await phone.getByRole('region', { name: 'Playlists' }).getByRole('button', { name: 'Delete' }).click()
    await expect.poll(() => idsOf(phone, 'playlist')).toEqual([])
    await desk.context().setOffline(false)
    await expect.poll(() => idsOf(phone, 'later')).toEqual([other.id])
    await showAgain(phone)
    await expect(later(phone)).toContainText(other.title)
    await desk.goto('/library')
    await expect(playlists(desk).getByText(name)).toHaveCount(0)
    expect(await idsOf(desk, 'playlist')).toEqual([])
  })

  await test.step('a listener has nothing of the dashboard', async () => {
    await desk.goto('/dashboard')
    await expect(main(desk)).toContainText('does not belong to a church')
    for (const path of ['/api/v1/members', '/api/v1/runs', '/api/v1/tokens']) {
      expect((await desk.request.get(path)).status(), path).toBe(403)
    }
    expect((await desk.request.get('/api/v1/me/positions')).status()).toBe(200)
  })

  await test.step('the account page gives a file of everything, and signs out', async () => {
    await phone.getByRole('navigation', { name: 'Main tabs' }).getByRole('link', { name: 'Account' }).click()
    await expect(main(phone)).toContainText(`Signed in as ${email}`)
    await expectAccessible(phone)
    const downloading = phone.waitForEvent('download')
    await main(phone).getByRole('link', { name: 'Download' }).click()
    const file = JSON.parse(await readFile(await (await downloading).path(), 'utf8'))
    expect(file).toMatchObject({ account: { email }, library: [{ kind: 'later', id: other.id }] })

    await main(phone).getByRole('button', { name: 'Sign out', exact: true }).click()
    await phone.waitForURL((url) => url.pathname === '/')
    await phone.goto('/library')
    await expect(main(phone)).toContainText('Kept in this browser only')
    await expect(later(phone)).toHaveCount(0)
    expect(await phone.evaluate(() => localStorage.getItem('selah:library'))).toBeNull()
  })

  await test.step('a deleted account is gone everywhere', async () => {
    await openLink(phone, await requestLink(phone, email))
    await expect(later(phone)).toContainText(other.title)
    await desk.goto('/account')
    await main(desk).getByLabel('Type your email address').fill('someone@example.org')
    await main(desk).getByRole('button', { name: 'Delete my account' }).click()
    await expect(main(desk).getByRole('alert')).toContainText('Type the email address of your account')
    await main(desk).getByLabel('Type your email address').fill(email)
    await main(desk).getByRole('button', { name: 'Delete my account' }).click()
    await desk.waitForURL((url) => url.pathname === '/')
    for (const page of [desk, phone]) {
      expect((await page.request.get('/api/v1/me/library')).status()).toBe(401)
    }
    expect(await desk.evaluate(() => localStorage.getItem('selah:library'))).toBeNull()
  })
  await phoneContext.close()
})

test('the library of one account does not become part of another one in the same browser', async ({
  page,
}) => {
  const [first, second] = ['boaz', 'naomi'].map((name) => `${name}-${Date.now()}@example.org`)
  await openLink(page, await requestLink(page, first ?? ''))
  await page.goto(`/sermons/${sermon.slug}`)
  await page.getByRole('button', { name: 'Listen later' }).click()
  await expect.poll(() => idsOf(page, 'later')).toEqual([sermon.id])
  await page.goto('/account')
  await main(page).getByLabel('Remove my library').uncheck()
  await main(page).getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.waitForURL((url) => url.pathname === '/')
  await page.goto('/library')
  await expect(later(page)).toContainText(sermon.title)
  await openLink(page, await requestLink(page, second ?? ''))
  await expect(later(page)).toHaveCount(0)
  expect(await idsOf(page, 'later')).toEqual([])
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a link signs in too', async ({ page }) => {
    const email = `plain-${Date.now()}@example.org`
    await page.goto('/sign-in')
    await main(page).getByRole('link', { name: 'Sign in with a link' }).click()
    await main(page).getByLabel('Email').fill(email)
    await main(page).getByRole('button', { name: 'Send the link' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check your email')
    await page.goto(await mailbox.receiveLink(email))
    await main(page).getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(/\/library$/)
    await page.goto('/account')
    await expect(main(page)).toContainText(email)
  })

  test('a form that failed is shown again and says why', async ({ page }) => {
    const email = `plain-failure-${Date.now()}@example.org`
    await page.goto('/password')
    await main(page).getByLabel('Email').fill('ruth@localhost')
    await main(page).getByRole('button', { name: 'Send the link' }).click()
    await expect(main(page).getByText('Enter your email address.', { exact: true })).toBeVisible()

    await page.goto('/sign-in/link')
    await main(page).getByLabel('Email').fill(email)
    await main(page).getByRole('button', { name: 'Send the link' }).click()
    await page.goto(await mailbox.receiveLink(email))
    await main(page).getByRole('button', { name: 'Sign in' }).click()
    await page.goto('/account')
    await main(page).getByLabel('Type your email address').fill('someone@example.org')
    await main(page).getByRole('button', { name: 'Delete my account' }).click()
    await expect(main(page)).toContainText('Type the email address of your account')
    await main(page).getByLabel('Type your email address').fill(email)
    await main(page).getByRole('button', { name: 'Delete my account' }).click()
    await expect(page).toHaveURL((url) => url.pathname === '/')
  })
})
