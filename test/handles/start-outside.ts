import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { expect } from 'vitest'
import { z } from 'zod'
import { makeWav } from '#harness/media/make-wav.ts'
import { prepareDataFolder } from '#harness/prepare-data-folder.ts'
import { startSelah } from '#harness/start-selah.ts'
import { buildWeb } from '../../scripts/build/build-web.ts'

const root = path.resolve(import.meta.dirname, '../..')

export const owner = { email: 'owner@selah.test', password: 'a long enough password' }
export const captions = `WEBVTT

00:00.000 --> 00:04.000
The shepherd leaves the ninety and nine upon the mountain.

00:04.000 --> 00:08.000
He seeks the one that has strayed until he finds it.

00:08.000 --> 00:12.000
<script>alert("x")</script> and there is joy in heaven.
`

export const createdSchema = z.object({
  sermon: z.object({ id: z.string() }),
  upload: z.object({
    endpoint: z.string(),
    headers: z.record(z.string(), z.string()),
    metadata: z.record(z.string(), z.string()),
    chunkSizeBytes: z.number(),
  }),
})
export const createdTokenSchema = z.object({ id: z.string(), token: z.string() })
export const doctorSchema = z.object({
  status: z.literal('ok'),
  databaseUrl: z.string(),
  triggerUrl: z.url(),
})

export type Call = { token?: string; body?: unknown; raw?: string; headers?: Record<string, string> }
type Ended = { code: number; json: unknown }

export interface Outside {
  url: string
  /** The owner's token. */
  token: string
  /** The folder in which the CLI is called; it contains a recording `talk.wav` and its captions `talk.vtt`. */
  folder: string
  database: pg.Client
  call(method: string, address: string, given?: Call): Promise<Response>
  /** Runs the CLI as the owner, like npm from `folder`; stdout must contain only JSON. */
  run(...args: string[]): Promise<Ended>
  runAs(who: Record<string, string>, args: string[]): Promise<Ended>
  createDraft(title: string, given?: { token?: string }): Promise<z.infer<typeof createdSchema>>
  stop(): Promise<void>
}

/**
 * Starts the built app on new data, for tests that use it like an outside program: over HTTP and with the CLI. The
 * database is for data that cannot be created in another way.
 */
export async function startOutside(environment: Record<string, string> = {}): Promise<Outside> {
  await buildWeb(root)
  const folder = await mkdtemp(path.join(tmpdir(), 'selah-handles-'))
  await writeFile(path.join(folder, 'talk.wav'), makeWav({ durationMs: 12_000 }))
  await writeFile(path.join(folder, 'talk.vtt'), captions)
  const credentials = { SELAH_OWNER_EMAIL: owner.email, SELAH_OWNER_PASSWORD: owner.password }
  const dataDir = path.join(folder, 'data')
  const prepared = await prepareDataFolder(dataDir)
  const env = { ...prepared, SELAH_SAMPLES: '0', ...credentials, ...environment }
  const selah = await startSelah({ dataDir, env })

  const call: Outside['call'] = (method, address, given = {}) => {
    const body = given.raw ?? (given.body === undefined ? undefined : JSON.stringify(given.body))
    return fetch(new URL(address, selah.url), {
      method,
      redirect: 'manual',
      headers: {
        ...(given.token ? { authorization: `Bearer ${given.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...given.headers,
      },
      ...(body === undefined ? {} : { body }),
    })
  }

  const runAs: Outside['runAs'] = async (who, args) => {
    const child = spawn(process.execPath, [path.join(root, 'scripts/selah.ts'), ...args], {
      cwd: root,
      env: {
        ...process.env,
        SELAH_DATA_DIR: dataDir,
        ...who,
        SELAH_ENV_FILES: '0',
        npm_lifecycle_event: 'selah',
        INIT_CWD: folder,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    const code = await new Promise<number>((resolve) => child.once('close', (exit) => resolve(exit ?? 1)))
    return { code, json: JSON.parse(output) }
  }

  const { databaseUrl } = doctorSchema.parse((await runAs(credentials, ['doctor', '--json'])).json)
  const database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
  const signedIn = await call('POST', '/api/v1/login', { body: owner })
  const { token } = createdTokenSchema.parse(await signedIn.json())
  return {
    url: selah.url,
    token,
    folder,
    database,
    call,
    run: (...args) => runAs(credentials, args),
    runAs,
    async createDraft(title, given = {}) {
      const body = { title, fileName: 'talk.wav', sizeBytes: 10 }
      const response = await call('POST', '/api/v1/sermons', { token: given.token ?? token, body })
      expect(response.status).toBe(201)
      return createdSchema.parse(await response.json())
    },
    async stop() {
      await database.end()
      await selah.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Expects an error in the usual form: a code, a sentence, and no internals of the server. */
export async function expectError(response: Response, status: number, code: unknown = expect.any(String)) {
  const text = await response.text()
  expect({ status: response.status, text }).toMatchObject({ status })
  expect(JSON.parse(text)).toEqual({ error: { code, message: expect.stringMatching(/[.!?”]$/) } })
  expect(text).not.toMatch(/node_modules|\bat .+:\d+:\d+|Error:/)
}
