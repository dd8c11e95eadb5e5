import { createHash } from 'node:crypto'
import type { APIRequestContext } from '@playwright/test'
import { findReadySermon, findSeriesEmbed, type ReadySermon } from './fixtures/listening.ts'
import { signIn } from './fixtures/member.ts'
import { memberPages } from './fixtures/pages.ts'
import { expect, test } from './fixtures/test.ts'

let sermon: ReadySermon

test.beforeAll(async ({ request }) => {
  sermon = await findReadySermon(request)
})

const readerPages = () => [
  '/',
  '/search',
  '/search?q=peace',
  '/sermons',
  '/series',
  '/playlist?name=Advent',
  '/speakers',
  '/topics',
  '/years',
  '/bible',
  '/ask',
  `/sermons/${sermon.slug}`,
  '/sign-in',
  '/sign-in/link',
  '/auth/confirm?token_hash=none&type=magiclink',
  '/set-up',
  '/nothing-here',
  '/nothing-here.html',
  '/sermons/nothing.here',
]

/** The directives of a policy and their sources. */
const parsePolicy = (header = '') =>
  new Map(
    header.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/)
      return [name, sources] as const
    }),
  )

/** Opens a page twice, because a value that does not change could be guessed. */
async function expectStrictPage(request: APIRequestContext, path: string): Promise<void> {
  const nonces = new Set<string>()
  for (const _ of [1, 2]) {
    const response = await request.get(path, { maxRedirects: 0 })
    const policy = parsePolicy(response.headers()['content-security-policy'])
    expect.soft(policy.get('default-src'), path).toEqual(["'self'"])
    expect.soft(policy.get('frame-ancestors'), path).toEqual(["'none'"])
    expect.soft(policy.get('object-src'), path).toEqual(["'none'"])
    expect.soft(policy.get('base-uri'), path).toEqual(["'none'"])
    const scripts = policy.get('script-src') ?? []
    const nonce = scripts.find((source) => source.startsWith("'nonce-"))?.slice(7, -1) ?? ''
    nonces.add(nonce)
    expect
      .soft(scripts.toSorted(), path)
      .toEqual(["'self'", `'nonce-${nonce}'`, "'strict-dynamic'"].toSorted())
    const html = await response.text()
    const tags = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag)
    const refused = tags.filter(
      (tag) => !tag.includes(`nonce="${nonce}"`) && !tag.includes('application/ld+json'),
    )
    expect.soft(refused, `scripts of ${path}`).toEqual([])
    expect.soft(html, path).not.toMatch(/<[a-z][^>]*\son[a-z]+=/)
  }
  expect.soft(nonces.size, path).toBe(2)
}

test('every page of a reader allows only the scripts that it was sent with', async ({ request }) => {
  for (const path of readerPages()) await expectStrictPage(request, path)
})

test('every page of a member allows only the scripts that it was sent with', async ({ page }) => {
  await signIn(page)
  for (const path of memberPages) {
    expect.soft((await page.request.get(path)).status(), path).toBe(200)
    await expectStrictPage(page.request, path)
  }
})

test('an embed allows no script, and every site may show it in a frame', async ({ request }) => {
  const response = await request.get(`/embed/sermons/${sermon.slug}`)
  expect(response.status()).toBe(200)
  const policy = parsePolicy(response.headers()['content-security-policy'])
  expect(policy.get('default-src')).toEqual(["'none'"])
  expect(policy.has('script-src')).toBe(false)
  expect(policy.get('frame-ancestors')).toEqual(['*'])
  expect(response.headers()['x-frame-options']).toBeUndefined()
})

test('an embed of a series allows the script that it was sent with and no other, and every site may frame it', async ({
  request,
}) => {
  const response = await request.get(await findSeriesEmbed(request))
  expect(response.status()).toBe(200)
  const policy = parsePolicy(response.headers()['content-security-policy'])
  const [, script = ''] = /<script>(.*)<\/script>/s.exec(await response.text()) ?? []
  const hash = createHash('sha256').update(script).digest('base64')
  expect(policy.get('default-src')).toEqual(["'none'"])
  expect(policy.get('script-src')).toEqual([`'sha256-${hash}'`])
  expect(policy.get('frame-ancestors')).toEqual(['*'])
  expect(response.headers()['x-frame-options']).toBeUndefined()
})

test('answers that are no pages have a policy too', async ({ request }) => {
  for (const path of [
    '/api/v1/sermons',
    '/feeds/podcast.xml',
    '/_next/nothing',
    '/robots.txt',
    '/sitemap.xml',
    '/?after=garbage',
  ]) {
    const headers = (await request.get(path)).headers()
    const policy = parsePolicy(headers['content-security-policy'])
    expect.soft(policy.get('default-src'), path).toEqual(["'self'"])
    expect.soft(policy.get('frame-ancestors'), path).toEqual(["'none'"])
    expect.soft(headers['content-security-policy'], path).not.toContain('unsafe-eval')
    expect.soft((policy.get('script-src') ?? []).join(' '), path).not.toContain('unsafe-inline')
  }
})

test.describe('a script that was injected into a page', () => {
  // Each of the three is refused, which the browser reports. (Playwright takes a list of two for an option with settings.)
  test.use({ mayViolatePolicy: true, allowedErrors: [/Content Security Policy|status of 404/] })

  test('does not run', async ({ page }) => {
    await page.route('**/search', async (route) => {
      const response = await route.fetch()
      const injected = [
        '<script>window.injected = "inline"</script>',
        '<img src="/nothing.png" alt="" onerror="window.injected = \'handler\'">',
        '<script src="data:text/javascript,window.injected=%22data%22"></script>',
      ].join('')
      const body = (await response.text()).replace('</body>', `${injected}</body>`)
      await route.fulfill({ response, body })
    })
    const refused: string[] = []
    page.on('console', (message) => {
      const [, directive] =
        /Content Security Policy directive.*['"](script-src[a-z-]*) /.exec(message.text()) ?? []
      if (directive) refused.push(message.text())
    })
    await page.goto('/search')
    await expect.poll(() => refused.length).toBe(3)
    expect(await page.evaluate(() => 'injected' in window)).toBe(false)
  })
})
