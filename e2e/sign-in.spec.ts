import { expectAccessible } from './fixtures/accessibility.ts'
import { signIn } from './fixtures/member.ts'
import { expect, owner, test } from './fixtures/test.ts'

test.describe('signing in', () => {
  test.use({ allowedErrors: [/401/] })

  test('a wrong password shows an error, and the right one leads to the requested page', async ({ page }) => {
    await page.goto('/dashboard/jobs')
    await expect(page).toHaveURL(/\/sign-in\?next=%2Fdashboard%2Fjobs/)
    await expectAccessible(page)
    await page.getByLabel('Email').fill(owner.email)
    await page.getByLabel('Password').fill('not the password')
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('main').getByRole('alert')).toContainText(
      'The email or the password is not right',
    )
    await expect(page.getByLabel('Email')).toHaveValue(owner.email)
    await page.getByLabel('Password').fill(owner.password)
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL('/dashboard/jobs')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page).toHaveURL('/')
    await page.goto('/dashboard')
    await expect(page).toHaveURL(/\/sign-in/)
  })
})

test.describe('signing in without a script', () => {
  test.use({ javaScriptEnabled: false })

  test('the form works', async ({ page }) => {
    await signIn(page)
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  })
})

test('a form without a script that fails returns to the page of the form, also with a wrong destination', async ({
  request,
  baseURL,
}) => {
  const sent = await request.post('/api/session', {
    headers: { origin: baseURL ?? '' },
    form: { email: 'no-one@example.org', password: 'wrong password', next: '//evil.example' },
    maxRedirects: 0,
  })
  expect(sent.status()).toBe(303)
  const back = sent.headers().location ?? ''
  expect(back).toBe('/sign-in?error=auth.wrong_credentials')
  expect((await request.get(back)).status()).toBe(200)
})

test('a session that is about to end is renewed by the next page', async ({ page, context }) => {
  await signIn(page)
  const sessionCookie = async () => {
    const cookie = (await context.cookies()).find(({ name }) => name === 'selah-session')
    if (!cookie) throw new Error('There is no session cookie.')
    expect(cookie.httpOnly).toBe(true)
    return cookie
  }
  const cookie = await sessionCookie()
  const session = JSON.parse(Buffer.from(cookie.value.replace('base64-', ''), 'base64url').toString())
  const ending = { ...session, expires_at: Math.floor(Date.now() / 1000) + 5, expires_in: 5 }
  const value = `base64-${Buffer.from(JSON.stringify(ending)).toString('base64url')}`
  await context.addCookies([{ ...cookie, value }])
  await page.goto('/dashboard/settings')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  const renewed = (await sessionCookie()).value
  expect(renewed).not.toBe(value)
  expect(renewed).not.toBe(cookie.value)
})

test('another site can neither sign a user in nor out', async ({ page, request }) => {
  const foreign = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }
  const form = { email: owner.email, password: owner.password }
  const signedIn = await request.post('/api/session', { headers: foreign, form, maxRedirects: 0 })
  expect(signedIn.headers()['set-cookie']).toBeUndefined()
  expect(signedIn.headers().location).toBe('/sign-in?error=forbidden')
  await signIn(page)
  const signedOut = await page.request.post('/api/session/sign-out', { headers: foreign, maxRedirects: 0 })
  expect(signedOut.status()).toBe(403)
  await page.goto('/dashboard')
  await expect(page).toHaveURL('/dashboard')
})
