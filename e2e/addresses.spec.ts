import { findReadySermon } from './fixtures/listening.ts'
import { signIn } from './fixtures/member.ts'
import { expect, test } from './fixtures/test.ts'

test('the former address of a speaker, series or topic that was renamed or merged forwards for good', async ({
  page,
  baseURL,
}) => {
  const headers = { origin: baseURL ?? '' }
  const { request } = page
  const name = (text: string) => `${text} ${Date.now().toString(36)}`
  const slugOf = (text: string) => text.toLowerCase().replaceAll(' ', '-')
  const [first, renamed, other] = [name('Forward Firstname'), name('Forward Renamed'), name('Forward Other')]
  await signIn(page)
  const ids: string[] = []
  for (const preacher of [first, other]) {
    const created = await request.post('/api/v1/sermons/text', {
      headers,
      data: {
        title: `A text by ${preacher}`,
        speaker: preacher,
        series: `Letters ${preacher}`,
        topics: [`About ${preacher}`],
        text: 'Grace to you and peace.',
        publish: true,
      },
    })
    expect(created.status()).toBe(201)
    ids.push((await created.json()).sermon.id)
  }
  const targetOf = async (address: string) => {
    const response = await request.get(address, { maxRedirects: 0 })
    return [response.status(), response.headers().location]
  }
  for (const [kind, prefix] of [
    ['speakers', ''],
    ['series', 'Letters '],
    ['topics', 'About '],
  ] as const) {
    const named = (text: string) => `${prefix}${text}`
    const find = async (text: string) => {
      const body = await (await request.get(`/api/v1/${kind}`)).json()
      return body[kind].find((one: { name: string }) => one.name === named(text))
    }
    const [one, two] = [await find(first), await find(other)]
    const before = slugOf(named(first))
    expect((await request.get(`/${kind}/${before}`)).status()).toBe(200)
    await request.patch(`/api/v1/${kind}/${one.id}`, { headers, data: { name: named(renamed) } })
    const after = slugOf(named(renamed))
    expect(await targetOf(`/${kind}/${before}`)).toEqual([308, `/${kind}/${after}`])
    await request.post(`/api/v1/${kind}/${one.id}/merge`, { headers, data: { into: two.id } })
    const last = slugOf(named(other))
    expect(await targetOf(`/${kind}/${before}`)).toEqual([308, `/${kind}/${last}`])
    expect(await targetOf(`/${kind}/${after}`)).toEqual([308, `/${kind}/${last}`])
    expect((await request.get(`/${kind}/${before}`)).status()).toBe(200)
  }
  for (const id of ids) await request.delete(`/api/v1/sermons/${id}`, { headers })
})

const cursors = ['garbage', 'W10', '%00', 'WyJ4IiwieSJd']
const times = ['garbage', '-5', '1:2:3:4']
const dates = ['yesterday', '2026-13-01T00:00:00Z']
const states = ['bad-state', 'OPEN']

/** Every parameter that a page reads, with values that it does not accept. Pages of members are opened signed in. */
const refused: Record<string, Record<string, string[]>> = {
  '/': { after: cursors },
  '/series/nothing-here': { after: cursors },
  '/speakers/nothing-here': { after: cursors },
  '/topics/nothing-here': { after: cursors },
  '/years/nothing-here': { after: cursors },
  '/sermons': {
    after: cursors,
    year: ['abc', '20x4', '99', '2020&year=2021'],
    book: ['nothing'],
    q: ['%00', 'x'.repeat(201)],
    series: ['nothing-here', '%00'],
    speaker: ['nothing-here'],
    topic: ['nothing-here', '%00'],
  },
  '/sermons/SLUG': { t: times },
  '/search': {
    year: ['abc', '20x4'],
    book: ['nothing'],
    q: ['%00', 'x'.repeat(201), 'a&q=b'],
    series: ['nothing-here'],
    speaker: ['nothing-here', 'x'.repeat(300)],
    topic: ['nothing-here', 'x'.repeat(300)],
    spelling: ['wrong'],
  },
  '/ask': {
    q: ['%00', 'x'.repeat(501), 'a&q=b'],
    earlier: ['%00'],
    sermon: ['nothing-here', '%00'],
    series: ['nothing-here'],
    speaker: ['nothing-here'],
    scope: ['church'],
  },
  '/sign-in': { next: ['https://evil.example', '//evil.example', '%5C%5Cevil.example'] },
  '/set-up': { token: ['%00'] },
  '/password': { token: ['%00'], kind: ['garbage'] },
  '/dashboard': { cursor: cursors, q: ['%00', 'x'.repeat(101)] },
  '/dashboard/trash': { cursor: cursors },
  '/dashboard/questions': { show: ['everything'] },
  '/dashboard/podcast': { check: ['%00'] },
  '/dashboard/jobs': {
    status: ['bad-status', 'Failed'],
    task: ['%00'],
    sermon: ['not-an-id'],
    title: ['x'.repeat(201)],
    error: ['%00'],
    fingerprint: ['x'.repeat(65)],
    when: ['tomorrow'],
    since: dates,
    until: dates,
    cursor: ['garbage', '2026-01-01~x'],
    church: ['not-an-id'],
  },
  '/dashboard/jobs/nothing-here': { show: ['everything'], step: ['%00'], church: ['not-an-id'] },
  '/dashboard/jobs/events': { state: states, cursor: ['garbage', '-1', '1.5'], church: ['not-an-id'] },
  '/dashboard/jobs/dead-letters': { state: states, cursor: ['garbage', '~'], church: ['not-an-id'] },
  '/dashboard/jobs/dead-letters/nothing-here': { state: states, cursor: ['garbage'], church: ['x'] },
  '/dashboard/jobs/errors': { church: ['not-an-id'] },
  '/dashboard/jobs/figures': { window: ['1y'], church: ['not-an-id'] },
  '/dashboard/jobs/files': { church: ['not-an-id'] },
  '/dashboard/jobs/queues': { church: ['not-an-id'] },
}

const isOfMembers = (path: string) => path.startsWith('/dashboard')

for (const [path, parameters] of Object.entries(refused)) {
  test(`${path} answers 400 with an explanation to a value that it does not accept`, async ({
    page,
    request: visitor,
  }) => {
    if (isOfMembers(path)) await signIn(page)
    const request = isOfMembers(path) ? page.request : visitor
    const { slug } = await findReadySermon(visitor)
    for (const [name, values] of Object.entries(parameters)) {
      for (const value of values) {
        const address = `${path.replace('SLUG', slug)}?${name}=${value}`
        const response = await request.get(address)
        expect(response.status(), address).toBe(400)
        const text = await response.text()
        expect(text, address).toContain('This address is not valid')
        expect(text, address).toMatch(
          ['after', 'cursor'].includes(name) ? 'Start again from the first page.' : `cannot read “${name}”`,
        )
      }
    }
  })
}

test.describe('that is not text', () => {
  test.use({ allowedErrors: [/status of 400/] })

  test('an address answers 400: a page to a browser, JSON to a program', async ({ page, request }) => {
    for (const path of ['/%E0%A4%A', '/sermons/%ff']) {
      const answer = await request.get(path, { headers: { accept: 'application/json' } })
      expect(answer.status()).toBe(400)
      expect(await answer.json()).toMatchObject({ error: { code: 'bad_request' } })
      const opened = await page.goto(path)
      expect(opened?.status()).toBe(400)
      await expect(page.getByRole('heading', { level: 1, name: 'This address is not valid' })).toBeVisible()
      await expect(page.getByRole('main').getByRole('link', { name: 'Search' })).toBeVisible()
    }
  })
})

test('a parameter that a page does not know, or that is empty, is ignored', async ({ page, request }) => {
  const { slug } = await findReadySermon(request)
  await signIn(page)
  for (const [path, parameters] of Object.entries(refused)) {
    if (path.includes('nothing-here') || ['/sign-in', '/set-up'].includes(path)) continue
    const empty = Object.keys(parameters).map((name) => `${name}=&`)
    const address = `${path.replace('SLUG', slug)}?${empty.join('')}utm_source=newsletter`
    expect((await page.request.get(address)).status(), address).toBe(200)
  }
})

test('a filter by the former address of a speaker forwards to the present one', async ({ page, baseURL }) => {
  const headers = { origin: baseURL ?? '' }
  const { request } = page
  await signIn(page)
  const name = `Former Name ${Date.now().toString(36)}`
  const created = await request.post('/api/v1/sermons/text', {
    headers,
    data: { title: `A text by ${name}`, speaker: name, text: 'Grace to you and peace.', publish: true },
  })
  const { sermon } = await created.json()
  const { speakers } = await (await request.get('/api/v1/speakers')).json()
  const { id, slug } = speakers.find((one: { name: string }) => one.name === name)
  await request.patch(`/api/v1/speakers/${id}`, { headers, data: { name: `Present ${name}` } })
  for (const path of ['/sermons', '/search', '/ask']) {
    const response = await request.get(`${path}?q=grace&speaker=${slug}`, { maxRedirects: 0 })
    expect(response.status(), path).toBe(308)
    expect(response.headers().location, path).toContain(`${path}?q=grace&speaker=present-${slug}`)
  }
  await request.delete(`/api/v1/sermons/${sermon.id}`, { headers })
})
