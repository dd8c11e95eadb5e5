import { createHmac, randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessibility.ts'
import { signIn } from './fixtures/member.ts'
import { expect, test } from './fixtures/test.ts'

const password = 'a long enough password'
const settings = '/dashboard/settings/account'

/** The code that an authenticator app shows (RFC 6238), some steps of thirty seconds away. */
function readApp(key: string, away = 0): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...key].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + away))
  const digest = createHmac('sha1', Buffer.from(bytes)).update(step).digest()
  const number = digest.readUInt32BE((digest.at(-1) ?? 0) & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

/** A member who has chosen a password and is signed in on the page. */
async function openAsNewMember(page: Page, baseURL: string): Promise<string> {
  await signIn(page)
  const email = `${randomUUID()}@example.org`
  const headers = { origin: baseURL }
  const data = { email, role: 'viewer' }
  const invited = await (await page.request.post('/api/v1/members', { headers, data })).json()
  const { searchParams } = new URL(invited.link)
  await page.context().clearCookies()
  const chosen = await page.request.post('/api/session/password', {
    headers,
    data: { token: searchParams.get('token'), kind: searchParams.get('kind'), password },
  })
  expect(chosen.status()).toBe(200)
  return email
}

test.describe('the second factor', () => {
  test.use({ allowedErrors: [/401/] })

  test('is set up and turned off with the password and a code, and asked for at the sign-in', async ({
    page,
    baseURL,
  }) => {
    const email = await openAsNewMember(page, baseURL ?? '')
    await page.goto(settings)
    const factor = page.getByRole('region', { name: 'Second factor' })
    await factor.getByRole('button', { name: 'Set up an authenticator app' }).click()
    const key = (await page.locator('[data-factor-key]').textContent()) ?? ''
    await expectAccessible(page)

    const fill = async (given: { password: string; code: string }) => {
      await factor.getByLabel('Current password').fill(given.password)
      await factor.getByLabel('Code of the app').fill(given.code)
      await factor.locator('button[type=submit]').click()
    }
    await expect(factor.getByLabel('Current password')).toHaveAttribute('type', 'password')
    await expect(factor.getByLabel('Current password')).toHaveAttribute('autocomplete', 'current-password')
    await fill({ password: 'not the password', code: readApp(key) })
    await expect(factor.getByText('The current password is wrong')).toBeVisible()
    await fill({ password, code: readApp(key) })
    const codes = page.locator('[data-recovery-code]')
    await expect(codes).toHaveCount(10)
    const [recoveryCode = ''] = await codes.allTextContents()

    await page.getByRole('button', { name: 'Sign out', exact: true }).first().click()
    await expect(page).toHaveURL('/')
    await page.goto(`/sign-in?next=${encodeURIComponent(settings)}`)
    const main = page.getByRole('main')
    await main.getByLabel('Email').fill(email)
    await main.getByLabel('Password').fill(password)
    await main.getByRole('button', { name: 'Sign in' }).click()
    await main.getByLabel('Code').fill(recoveryCode)
    await main.getByLabel('Password').fill(password)
    await main.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(settings)

    await expect(factor.getByText('9 recovery codes are left')).toBeVisible()
    await fill({ password: 'not the password', code: readApp(key, 1) })
    await expect(factor.getByText('The current password is wrong')).toBeVisible()
    await fill({ password, code: readApp(key, 1) })
    await expect(factor.getByRole('button', { name: 'Set up an authenticator app' })).toBeVisible()
  })
})

test('a person who has forgotten the password asks for a link, and learns nothing about the address', async ({
  page,
}) => {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Forgot your password?')
  await expectAccessible(page)
  await page.getByLabel('Email').fill('nobody@example.org')
  await page.getByRole('button', { name: /link/i }).click()
  await expect(page.getByRole('main')).toContainText('If this address has an account here')
  await expectAccessible(page)
})
