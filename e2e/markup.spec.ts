import { HtmlValidate } from 'html-validate'
import { signIn } from './fixtures/member.ts'
import { memberPages } from './fixtures/pages.ts'
import { expect, test } from './fixtures/test.ts'

const validator = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: {
    // React writes action="" on a form with a server function as its action.
    'attribute-allowed-values': 'off',
  },
})

test('the HTML of every kind of page is valid', async ({ page, request }) => {
  const { sermons } = await (await request.get('/api/v1/sermons?limit=1')).json()
  const [sermon] = sermons
  await signIn(page)
  for (const path of [
    '/',
    '/search?q=peace',
    '/ask',
    `/ask?q=peace&sermon=${sermon.slug}`,
    `/sermons/${sermon.slug}`,
    '/sermons',
    '/sermons?year=2024&q=grace',
    '/series',
    '/speakers',
    '/topics',
    '/years',
    '/bible',
    '/bible/john',
    '/bible/john/3',
    `/embed/sermons/${sermon.slug}`,
    '/password',
    '/nothing-here',
    ...memberPages,
    `/dashboard/sermons/${sermon.id}`,
    `/dashboard/sermons/${sermon.id}/transcript`,
  ]) {
    const html = await (await page.request.get(path)).text()
    const { results } = await validator.validateString(html)
    const messages = results.flatMap((result) =>
      result.messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`),
    )
    expect(messages, path).toEqual([])
  }
})
