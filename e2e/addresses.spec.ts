import { signIn } from './fixtures/member.ts'
import { expect, test } from './fixtures/test.ts'

test('the former address of a speaker or series that was renamed or merged forwards for good', async ({
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
  for (const kind of ['speakers', 'series'] as const) {
    const named = (text: string) => (kind === 'series' ? `Letters ${text}` : text)
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

test('an address with a filter that does not exist answers 400 with an explanation', async ({ request }) => {
  for (const address of ['/sermons?year=abc', '/sermons?book=nothing', '/sermons?q=%00']) {
    const response = await request.get(address)
    expect(response.status(), address).toBe(400)
    expect(await response.text(), address).toContain('<h1>')
  }
  expect((await request.get('/sermons?year=&book=&q=')).status()).toBe(200)
})
