import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { signIn } from './fixtures/member.ts'
import { expect, test } from './fixtures/test.ts'

test('a Model Context Protocol client finds the tools, and reads only published sermons', async ({
  baseURL,
  request,
}) => {
  const client = new Client({ name: 'a test', version: '1' })
  await client.connect(new StreamableHTTPClientTransport(new URL('/api/mcp', baseURL)))
  const call = async (name: string, args: Record<string, unknown>) =>
    (await client.callTool({ name, arguments: args })) as {
      isError?: boolean
      structuredContent?: Record<string, never[]>
      content: { text: string }[]
    }
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name).toSorted()).toEqual([
    'ask',
    'get_sermon',
    'get_transcript',
    'list_by_scripture',
    'search_sermons',
  ])

  await expect(async () => {
    const found = await call('search_sermons', { query: 'no man is an island', limit: 3 })
    expect(found.structuredContent?.results?.[0]).toMatchObject({ slug: 'no-man-is-an-island' })
    const transcript = await call('get_transcript', { sermon: 'no-man-is-an-island' })
    expect(transcript.isError).toBeUndefined()
    // Processing changes a sermon between two reads.
    const { structuredContent: sermon } = await call('get_sermon', { sermon: 'no-man-is-an-island' })
    expect(await (await request.get(`/api/v1/sermons/${sermon?.id}`)).json()).toEqual(sermon)
  }).toPass({ timeout: 220_000, intervals: [1000] })
  const transcript = await call('get_transcript', { sermon: 'no-man-is-an-island', limit: 2 })
  expect(transcript.structuredContent).toMatchObject({ nextSentence: 2 })
  expect(transcript.structuredContent?.sentences).toHaveLength(2)
  const answer = await call('ask', { question: 'What is quantum chromodynamics?' })
  expect(answer.structuredContent).toMatchObject({ refused: true, quotes: [] })

  const nothing = await call('get_sermon', { sermon: 'nothing-here' })
  expect(nothing).toMatchObject({
    isError: true,
    content: [{ text: expect.stringContaining('This sermon does not exist') }],
  })
  const impossible = await call('list_by_scripture', { reference: 'Psalm 151' })
  expect(impossible).toMatchObject({
    isError: true,
    content: [{ text: expect.stringContaining('not a Bible reference') }],
  })
  await client.close()
})

test('the description of the API names its own addresses', async ({ request, baseURL }) => {
  const description = await (await request.get('/api/v1/openapi.json')).json()
  expect(description).toMatchObject({ openapi: expect.stringMatching(/^3\.1/), servers: [{ url: baseURL }] })
  expect(Object.keys(description.paths)).toContain('/api/v1/search')
})

test('the feed check of the dashboard names what is wrong with the feed', async ({ page }) => {
  await signIn(page, '/dashboard/podcast')
  await page.getByRole('link', { name: 'Check now' }).click()
  await expect(page.getByText(/works only on this machine/)).toBeVisible()
})
