import type { APIRequestContext, Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessibility.ts'
import { expectPlaying, findReadySermon, type ReadySermon } from './fixtures/listening.ts'
import { signIn } from './fixtures/member.ts'
import { expect, test } from './fixtures/test.ts'

const onForgiveness =
  'One who is forgiven forgives his brother from the heart. A pardon was written for us before we asked. '
/** Longer than a page of a collection. */
const MORE_THAN_A_PAGE = 61

async function addText(
  request: APIRequestContext,
  headers: { origin: string },
  data: Record<string, unknown>,
): Promise<ReadySermon> {
  const created = await request.post('/api/v1/sermons/text', {
    headers,
    data: { publish: true, ...data },
  })
  expect(created.status()).toBe(201)
  return (await created.json()).sermon
}

async function findSecond(request: APIRequestContext, first: ReadySermon): Promise<ReadySermon> {
  let second: ReadySermon | undefined
  await expect(async () => {
    const { sermons } = await (await request.get('/api/v1/sermons?limit=20')).json()
    second = sermons.find(({ id, facets }: ReadySermon) => id !== first.id && facets.media === 'ready')
    expect(second).toBeDefined()
  }).toPass({ timeout: 220_000, intervals: [1000] })
  if (!second) throw new Error('Only one sermon can be heard.')
  return second
}

const playerRegion = (page: Page) => page.getByRole('region', { name: 'Player' }).locator('visible=true')

const readQueue = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    JSON.parse(localStorage.getItem('selah:library') ?? '{}').queue.map(
      ({ title }: { title: string }) => title,
    ),
  )

const saved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible()

test('a topic that the text suggests is set, leads to its sermons, is played and has a feed', async ({
  page,
  baseURL,
}) => {
  const { request } = page
  const headers = { origin: baseURL ?? '' }
  const first = await findReadySermon(request)
  const second = await findSecond(request, first)
  await signIn(page)
  const sermon = await addText(request, headers, {
    title: 'Seventy times seven',
    text: onForgiveness.repeat(40),
  })
  const setTopics = (id: string, topics: string[]) =>
    request.patch(`/api/v1/sermons/${id}`, { headers, data: { topics } })

  await test.step('one topic is suggested, another is typed, with the keyboard', async () => {
    await page.goto(`/dashboard/sermons/${sermon.id}`)
    await page.getByRole('button', { name: 'Add the topic Forgiveness' }).press('Enter')
    await expect(page.getByRole('button', { name: 'Add the topic Forgiveness' })).toHaveCount(0)
    const field = page.getByRole('combobox', { name: 'Topics' })
    await expect(field).toBeFocused()
    await page.keyboard.type('Wrong turn')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Family life,')
    await page.getByRole('button', { name: 'Remove the topic Wrong turn' }).press('Enter')
    await expect(field).toBeFocused()
    await expect(page.getByRole('list', { name: 'Topics' }).getByRole('listitem')).toHaveText([
      'Forgiveness',
      'Family life',
    ])
    await saved(page)
    await expectAccessible(page)
    await page.reload()
    await expect(page.getByRole('list', { name: 'Topics' })).toContainText('Family life')
  })

  await test.step('its page is described and lists its sermons', async () => {
    await page.goto('/dashboard/names')
    await page.getByRole('button', { name: 'Describe Forgiveness' }).click()
    const dialog = page.getByRole('dialog', { name: 'Description of Forgiveness' })
    await dialog.getByLabel('Description').fill('What it costs, and what it gives.')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('The description is saved.')).toBeVisible()
    for (const { id } of [first, second]) await setTopics(id, ['Forgiveness'])
    await page.goto(`/sermons/${sermon.slug}`)
    await page.getByRole('main').getByRole('link', { name: 'Forgiveness' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Forgiveness' })).toBeVisible()
    await expect(page.getByText('What it costs, and what it gives.')).toBeVisible()
    await expect(page.getByText('3 sermons', { exact: false }).first()).toBeVisible()
    await page.goto('/')
    await page.getByRole('navigation', { name: 'Browse' }).getByRole('link', { name: 'Topics' }).click()
    await page.getByRole('main').getByRole('link', { name: 'Forgiveness' }).click()
  })

  await test.step('all of it is played, and its feed has what can be heard', async () => {
    const asked: string[] = []
    page.on('request', (call) => asked.push(new URL(call.url()).pathname))
    await page.goto('/topics/forgiveness')
    expect(asked).not.toContain('/api/v1/sermons/playable')
    const playAll = page.getByRole('button', { name: 'Play all' })
    const prepared = page.waitForResponse((response) => response.url().includes('/sermons/playable?'))
    await playAll.hover()
    const { sermons: inOrder } = await (await prepared).json()
    const titles = inOrder.map(({ title }: ReadySermon) => title)
    expect(titles.toSorted()).toEqual([first.title, second.title].toSorted())
    await playAll.click()
    await expectPlaying(page)
    expect(asked.filter((path) => path === '/api/v1/sermons/playable')).toHaveLength(1)
    await expect(playerRegion(page).getByRole('link', { name: titles[0] })).toBeVisible()
    expect(await readQueue(page)).toEqual(titles.slice(1))
    const address = await page.getByRole('link', { name: 'Podcast feed' }).getAttribute('href')
    const feed = await (await request.get(address ?? '')).text()
    expect(feed.match(/<item>/g)).toHaveLength(2)
    expect(feed).toContain('What it costs, and what it gives.')
    const found = await request.get('/sermons?topic=forgiveness')
    expect(await found.text()).toContain('Seventy times seven')
  })

  for (const { id } of [first, second, sermon]) await setTopics(id, [])
  await request.delete(`/api/v1/sermons/${sermon.id}`, { headers })
  expect((await request.get('/topics/forgiveness')).status()).toBe(404)

  await test.step('without a sermon it is deleted, with its description', async () => {
    await page.goto('/dashboard/names')
    await page.getByRole('button', { name: 'Delete Forgiveness' }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete “Forgiveness”?' })
    await expect(dialog.getByText('Its description and')).toBeVisible()
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(page.getByText('Forgiveness is deleted.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Describe Forgiveness' })).toHaveCount(0)
  })
})

test.describe('without a connection', () => {
  test.use({ allowedErrors: [/net::ERR_FAILED/] })

  test('the press of “Play all” starts the first sermon also when the others cannot be loaded, and says so', async ({
    page,
  }) => {
    await findSecond(page.request, await findReadySermon(page.request))
    let isReachable = false
    await page.route('**/api/v1/sermons/playable?*', (route) =>
      isReachable ? route.continue() : route.abort(),
    )
    await page.goto('/series')
    await page.getByRole('main').getByRole('link', { name: /./ }).first().click()
    const playAll = page.getByRole('button', { name: 'Play all' })
    await playAll.click()
    await expectPlaying(page)
    await expect(page.getByText('The sermons that follow could not be loaded.')).toBeVisible()
    isReachable = true
    await playAll.click()
    await expect.poll(() => readQueue(page).then((queue) => queue.length)).toBeGreaterThan(0)
  })
})

test('a year is opened and paged without JavaScript', async ({ page, browser, baseURL }) => {
  const { request } = page
  const headers = { origin: baseURL ?? '' }
  await signIn(page)
  const ids: string[] = []
  for (let made = 0; made < MORE_THAN_A_PAGE; made += 1) {
    const { id } = await addText(request, headers, {
      title: `Watch night ${made}`,
      text: 'Grace to you and peace.',
      preachedOn: '1873-12-31',
    })
    ids.push(id)
  }
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: headers.origin })
  const plain = await context.newPage()
  await plain.goto('/years')
  await plain.getByRole('main').getByRole('link', { name: '1873' }).click()
  await expect(plain.getByRole('heading', { level: 1, name: '1873' })).toBeVisible()
  await expect(plain.getByText(`${MORE_THAN_A_PAGE} sermons`)).toBeVisible()
  await expect(plain.getByRole('article')).toHaveCount(MORE_THAN_A_PAGE - 1)
  await plain.getByRole('link', { name: 'Earlier sermons' }).click()
  await expect(plain.getByRole('article')).toHaveCount(1)
  await expect(plain.getByRole('link', { name: 'Earlier sermons' })).toHaveCount(0)
  await plain.getByRole('link', { name: 'First page' }).click()
  await expect(plain.getByRole('article')).toHaveCount(MORE_THAN_A_PAGE - 1)
  await expect(plain.getByRole('link', { name: 'First page' })).toHaveCount(0)
  await expect(plain.getByRole('link', { name: 'Podcast feed' })).toHaveAttribute(
    'href',
    '/feeds/podcast.xml?year=1873',
  )
  await context.close()
  for (const id of ids) await request.delete(`/api/v1/sermons/${id}`, { headers })
  expect((await request.get('/years/1873')).status()).toBe(404)
})
