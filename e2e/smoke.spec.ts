import { expect, test } from './fixtures/test.ts'

test('the health address says that every service is well', async ({ request }) => {
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
  await expect(page).toHaveTitle(/Selah/)
  await expect(page.getByRole('main')).toBeVisible()
})
