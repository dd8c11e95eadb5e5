import { chromium } from 'playwright'
import { chromiumLaunchOptions } from './e2e/fixtures/chromium.ts'

const browser = await chromium.launch(chromiumLaunchOptions())
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
page.on('request', (r) => {
  const u = new URL(r.url())
  if (!u.pathname.startsWith('/_next'))
    console.log(
      r.method(),
      u.pathname + u.search,
      r.headers()['next-router-segment-prefetch'] ?? '',
      r.headers()['next-router-prefetch'] ?? '',
    )
})
await page.goto(process.argv[2] ?? '')
await page.waitForTimeout(2500)
await browser.close()
