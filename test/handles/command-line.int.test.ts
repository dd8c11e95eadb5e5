import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { strToU8, zipSync } from 'fflate'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { startS3Server } from '#harness/start-s3-server.ts'
import { startSelah } from '#harness/start-selah.ts'
import {
  createdTokenSchema,
  doctorSchema,
  type Outside,
  owner,
  startOutside,
} from '#test/handles/start-outside.ts'

let outside: Outside

vi.setConfig({ testTimeout: 180_000 })

beforeAll(async () => {
  outside = await startOutside()
}, 600_000)

afterAll(() => outside?.stop())

test('doctor prints the addresses of the database and the engine, and both answer', async () => {
  const { code, json } = await outside.run('doctor', '--json')
  expect(code).toBe(0)
  const { databaseUrl, triggerUrl } = doctorSchema.parse(json)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query('select 1 + 1 as two')
  await client.end()
  expect(rows).toEqual([{ two: 2 }])
  expect((await fetch(triggerUrl)).status).toBeLessThan(500)
})

test('import reads files from the calling folder, publishes, and waits until everything is ready', async () => {
  const { code, json } = await outside.run(
    'import',
    'talk.wav',
    ...['--transcript', 'talk.vtt', '--title', 'Called from afar', '--speaker', 'Amos'],
    ...['--series', 'Minor prophets', '--date', '2023-01-01', '--publish', '--wait', '--json'],
  )
  expect(code).toBe(0)
  expect(json).toMatchObject({
    title: 'Called from afar',
    speaker: 'Amos',
    series: 'Minor prophets',
    preachedOn: '2023-01-01',
    publication: 'published',
    facets: { media: 'ready', transcript: 'ready', index: 'ready' },
  })
})

test('import takes captions whose times begin at an offset only with --shift', async () => {
  const late =
    'WEBVTT\n\n01:00:00.500 --> 01:00:02.000\nGrace to you.\n\n01:00:02.500 --> 01:00:04.000\nAnd peace.\n'
  await writeFile(path.join(outside.folder, 'late.vtt'), late)
  const from = ['import', 'talk.wav', '--transcript', 'late.vtt', '--title', 'Late captions', '--json']
  const refused = await outside.run(...from, '--wait')
  expect(refused).toMatchObject({ code: 1, json: { error: { code: 'transcript.late_times' } } })
  const { code, json } = await outside.run(...from, '--shift', '--wait')
  expect({ code, json }).toMatchObject({ code: 0, json: { facets: { transcript: 'ready' } } })
  const { id } = z.object({ id: z.string() }).parse(json)
  const { rows } = await outside.database.query('select words from transcripts where sermon_id = $1', [id])
  expect(rows[0]?.words[0]).toEqual(['Grace', expect.any(Number), expect.any(Number)])
  expect(rows[0]?.words[0][1]).toBeLessThan(1000)
})

test('import takes a Word document as the transcript, and transcript prints it in every format', async () => {
  const xml =
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>' +
    '<w:p><w:r><w:t>Grace to you and peace.</w:t></w:r></w:p><w:p><w:r><w:t>Read Romans with me.</w:t></w:r></w:p>' +
    '</w:body></w:document>'
  const bytes = zipSync({ 'word/document.xml': strToU8(xml) })
  await writeFile(path.join(outside.folder, 'talk.docx'), bytes)
  const { code, json } = await outside.run(
    'import',
    'talk.wav',
    ...['--transcript', 'talk.docx', '--title', 'From Word', '--language', 'en-gb', '--wait', '--json'],
  )
  expect({ code, json }).toMatchObject({
    code: 0,
    json: { language: 'en-GB', facets: { transcript: 'ready' }, recording: { warnings: [] } },
  })
  const { id } = z.object({ id: z.string() }).parse(json)
  const printed = await outside.run('transcript', id, '--json')
  const { words } = z.object({ words: z.array(z.object({ text: z.string() })) }).parse(printed.json)
  expect(words.map(({ text }) => text).join(' ')).toBe('Grace to you and peace. Read Romans with me.')
})

test('a backup in S3 is complete and can be restored', async () => {
  const s3 = await startS3Server()
  const keys = { AWS_ENDPOINT_URL: s3.url, AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' }
  try {
    const made = await outside.runAs(keys, ['backup', '--to', 's3://church/selah', '--json'])
    const { path: backup } = z.object({ path: z.string() }).parse(made.json)
    expect(backup).toMatch(/^s3:\/\/church\/selah\/backups\/selah-/)
    const into = path.join(outside.folder, 'restored-from-s3')
    const restored = await outside.runAs(keys, ['restore', backup, '--into', into, '--json'])
    expect(restored).toMatchObject({ code: 0, json: { path: into } })
    const kept = path.join(into, 'secrets.json')
    expect(await readFile(kept, 'utf8')).toBe(
      await readFile(path.join(outside.folder, 'data/secrets.json'), 'utf8'),
    )
  } finally {
    await s3.stop()
  }
})

test('a backup that is made while Selah runs is restored elsewhere, and everything plays there', async () => {
  const made = await outside.run('backup', '--to', 'backups', '--json')
  expect(made).toMatchObject({ code: 0, json: { path: expect.stringContaining(outside.folder) } })
  const { path: backup } = z.object({ path: z.string() }).parse(made.json)
  const into = path.join(outside.folder, 'restored')
  const restored = await outside.run('restore', backup, '--into', into, '--json')
  expect(restored).toMatchObject({ code: 0, json: { path: into } })

  const elsewhere = await startSelah({ dataDir: into, env: { SELAH_SAMPLES: '0' } })
  try {
    expect(elsewhere.url).not.toBe(outside.url)
    const { rows } = await outside.database.query('select id, slug from sermons where title = $1', [
      'Called from afar',
    ])
    const page = await fetch(`${elsewhere.url}/sermons/${rows[0].slug}`)
    expect({ status: page.status, text: await page.text() }).toMatchObject({
      status: 200,
      text: expect.stringContaining('The shepherd leaves the ninety and nine'),
    })
    const playlistUrl = `${elsewhere.url}/api/v1/sermons/${rows[0].id}/hls/96k.m3u8`
    const playlist = await (await fetch(playlistUrl)).text()
    const segment = /^(?!#)(\S+\.mp4.*)$/m.exec(playlist)?.[1] ?? ''
    const sound = await fetch(new URL(segment, playlistUrl), { headers: { range: 'bytes=0-999' } })
    expect(sound.status).toBe(206)
    expect((await sound.bytes()).length).toBe(1000)
    // The restored keys are the same, so people stay signed in.
    const whoami = await fetch(`${elsewhere.url}/api/v1/runs`, {
      headers: { authorization: `Bearer ${outside.token}` },
    })
    expect(whoami.status).toBe(200)
  } finally {
    await elsewhere.stop()
  }
})

test('an invited person chooses a password once, works as an editor, and loses access when removed', async () => {
  const invited = await outside.run('users', 'invite', 'mary@selah.test', '--role', 'editor', '--json')
  const { link, userId } = z.object({ link: z.url(), userId: z.string() }).parse(invited.json)
  const { searchParams, pathname, search } = new URL(link)
  expect((await outside.call('GET', pathname + search)).status).toBe(200)
  const choose = (from: URLSearchParams, password: string) =>
    outside.call('POST', '/api/session/password', {
      body: { token: from.get('token'), kind: from.get('kind'), password },
      headers: { accept: 'application/json', origin: outside.url },
    })
  expect((await choose(searchParams, 'short')).status).toBe(400)
  const chosen = await choose(searchParams, 'the password of mary')
  expect({ status: chosen.status, body: await chosen.json() }).toEqual({
    status: 200,
    body: { destination: '/dashboard' },
  })
  expect((await choose(searchParams, 'another password')).status).toBe(403)

  const signIn = (password: string) =>
    outside.call('POST', '/api/v1/login', { body: { email: 'mary@selah.test', password } })
  const { token } = createdTokenSchema.parse(await (await signIn('the password of mary')).json())
  expect((await outside.call('GET', '/api/v1/runs', { token })).status).toBe(200)
  expect(
    (await outside.call('POST', '/api/v1/members', { token, body: { email: 'x@selah.test', role: 'owner' } }))
      .status,
  ).toBe(403)

  const reset = await outside.run('reset-password', 'mary@selah.test', '--json')
  const resetLink = new URL(z.object({ link: z.url() }).parse(reset.json).link)
  expect((await choose(resetLink.searchParams, 'a new password')).status).toBe(200)
  expect((await signIn('the password of mary')).status).toBe(401)
  expect((await signIn('a new password')).status).toBe(201)

  const removed = await outside.call('DELETE', `/api/v1/members/${userId}`, { token: outside.token })
  expect(removed.status).toBe(204)
  expect((await outside.call('GET', '/api/v1/runs', { token })).status).toBe(401)
  const sessions = await outside.database.query('select from auth.sessions where user_id = $1', [userId])
  expect(sessions.rows).toEqual([])
  const { members } = z
    .object({ members: z.array(z.object({ userId: z.string(), role: z.string() })) })
    .parse(await (await outside.call('GET', '/api/v1/members', { token: outside.token })).json())
  expect(members.map(({ role }) => role)).toEqual(['owner'])
  const last = await outside.call('DELETE', `/api/v1/members/${members[0]?.userId}`, { token: outside.token })
  expect(last.status).toBe(409)
})

test('a token for a program is created, listed with its last use, and revoked', async () => {
  const created = await outside.run(
    'tokens',
    'create',
    'The recorder',
    '--scope',
    'read',
    '--days',
    '30',
    '--json',
  )
  const { id, token } = createdTokenSchema.parse(created.json)
  expect((await outside.call('GET', '/api/v1/runs', { token })).status).toBe(200)
  expect((await outside.call('POST', '/api/v1/tokens', { token, body: { name: 'More' } })).status).toBe(403)
  const listed = await outside.run('tokens', '--json')
  expect(listed.json).toMatchObject({
    tokens: expect.arrayContaining([
      expect.objectContaining({ id, name: 'The recorder', scope: 'read', lastUsedAt: expect.any(String) }),
    ]),
  })
  expect(await outside.run('tokens', 'revoke', id, '--json')).toMatchObject({ code: 0 })
  expect((await outside.call('GET', '/api/v1/runs', { token })).status).toBe(401)
})

test('a file that is not a recording fails with the reason on the sermon and an exit code', async () => {
  await writeFile(path.join(outside.folder, 'list.mp3'), '#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n')
  const { code, json } = await outside.run('import', 'list.mp3', '--wait', '--json')
  expect(code).toBe(1)
  expect(json).toMatchObject({
    facets: { media: 'failed' },
    error: { code: 'media.playlist', message: expect.stringMatching(/playlist/) },
  })
})

test.each([
  ['an unknown option', ['runs', '--nonsense'], 'bad_arguments'],
  ['an unknown command', ['nonsense'], 'failed'],
  ['a missing file', ['import', 'nothing.mp3'], 'file_unreadable'],
  ['a folder', ['import', '.'], 'file_unreadable'],
  ['an unknown run', ['retry', 'run_nothing'], 'not_found'],
  ['a limit that is too high', ['search', 'joy', '--limit', '9999'], 'bad_request'],
])('%s is reported as an error in JSON', async (_what, args, code) => {
  const answer = await outside.run(...args, '--json')
  expect(answer.code).toBe(1)
  expect(answer.json).toEqual({ error: { code, message: expect.any(String) } })
})

test('login saves a token, and reports when it cannot or when its input ends', async () => {
  const here = { SELAH_OWNER_EMAIL: owner.email, SELAH_OWNER_PASSWORD: owner.password }
  const kept = { XDG_CONFIG_HOME: path.join(outside.folder, 'config') }
  expect(await outside.runAs({ ...here, ...kept }, ['login', '--json'])).toMatchObject({ code: 0 })
  expect(await outside.runAs(kept, ['runs', '--limit', '1', '--json'])).toMatchObject({ code: 0 })
  const failures = {
    'could not be saved': { ...here, XDG_CONFIG_HOME: '/dev/null/x' },
    'There was no input': kept,
  }
  for (const [reason, who] of Object.entries(failures)) {
    const { code, json } = await outside.runAs(who, ['login', '--json'])
    expect(code).toBe(1)
    expect(JSON.stringify(json)).toContain(reason)
  }
})

test('a correct password is not rate limited', async () => {
  for (let round = 0; round < 32; round += 1) {
    expect(
      (await outside.call('POST', '/api/v1/login', { body: { ...owner, lifeSeconds: 60 } })).status,
    ).toBe(201)
  }
})
