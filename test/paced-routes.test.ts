import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const app = path.resolve(import.meta.dirname, '../app')

/** Public routes without a pace of their own, and why that is no danger. */
const unpaced: Record<string, string> = {
  '.well-known/security.txt': 'a short text',
  'api/[[...path]]': 'answers that there is no such address',
  'api/health': 'one reading a second for all (lib/health/share-reading.ts)',
  'api/mcp': 'each tool that costs has a pace (lib/mcp/create-mcp-server.ts)',
  'api/metrics': 'refuses everyone without the token before it reads anything',
  'api/session/delete-account': 'deletes the account of the caller, once',
  'api/session/link': 'links are paced by client and account (lib/auth/sign-in-link.ts)',
  'api/session/link/open': 'opened links are paced by client (lib/auth/sign-in-link.ts)',
  'api/session/password': 'nobody can guess a link, and a pace for all would keep people from theirs',
  'api/session/set-up': 'refuses everyone once Selah is set up',
  'api/session/sign-out': 'ends the session of the caller',
  'api/v1/me/positions': 'one query of the rows of the caller',
  'api/v1/openapi.json': 'a text that is made once',
  'api/v1/sermons': 'one page of rows, as a page of the site',
  'api/v1/sermons/[id]': 'one row, as a page of the site',
  'api/v1/sermons/[id]/hls/[file]': 'a player asks every few seconds; one row, and a redirect',
  'api/v1/sermons/[id]/transcript': 'one row, as a page of the site',
  'api/v1/sermons/[id]/transcript.vtt': 'one row, as a page of the site',
  'robots.txt': 'a short text',
}

test('every public route has a pace, or a reason why it needs none', () => {
  const routes = readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'route.ts')
    .map((file) => ({ address: path.dirname(file), text: readFileSync(path.join(app, file), 'utf8') }))
    .filter(({ text }) => /access: 'public'|(visitor|session|open)Route\(/.test(text))
  expect(routes.length).toBeGreaterThan(20)
  const without = routes
    .filter(({ text }) => !/\b(limitRequest|limitSignIns|limitPasswordLinks|answerFeed)\(/.test(text))
    .map(({ address }) => address)
  expect(without.toSorted()).toEqual(Object.keys(unpaced).toSorted())
})
