import { expect, test } from './fixtures/test.ts'

test('the health address reports every service as healthy', async ({ request }) => {
  const response = await request.get('/api/health')
  expect(response.status()).toBe(200)
  const { status, services } = await response.json()
  expect(status).toBe('ok')
  expect(Object.keys(services).toSorted()).toEqual([
    'answers',
    'database',
    'embeddings',
    'jobs',
    'speech',
    'storage',
  ])
})

test('the first page opens in a browser', async ({ page }) => {
  const response = await page.goto('/')
  expect(response?.status()).toBe(200)
  await expect(page).toHaveTitle(/ · Sermons$/)
  await expect(page.getByRole('main')).toBeVisible()
})

test('an unknown address answers 404', async ({ request }) => {
  for (const address of [
    '/sermons/nothing-here',
    '/series/nothing-here',
    '/speakers/nothing-here',
    '/nothing-here',
  ]) {
    const response = await request.get(address)
    expect(response.status(), address).toBe(404)
    expect(response.headers()['content-type'], address).toContain('text/html')
  }
})
