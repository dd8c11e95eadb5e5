import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'

/** The folder to which a relative data folder belongs, as in `npm start`. */
const root = path.resolve(import.meta.dirname, '../..')

const runtimeSchema = z
  .object({
    url: z.url(),
    databaseUrl: z.string().optional(),
    triggerUrl: z.string().optional(),
    embedded: z.array(z.string()).optional(),
    runsAs: z.string().optional(),
  })
  .loose()
const credentialsSchema = z.record(z.string(), z.string())
const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) })
const loginSchema = z.object({ id: z.string(), token: z.string() })

/** Reads the runtime file of the installation on this machine; null when there is none. */
export async function readRuntime(): Promise<z.infer<typeof runtimeSchema> | null> {
  const file = path.resolve(root, process.env.SELAH_DATA_DIR || '.data', 'runtime.json')
  try {
    return runtimeSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

/** Returns the address of the installation: SELAH_URL, or the one on this machine. */
export async function findUrl(): Promise<string> {
  const given = process.env.SELAH_URL || (await readRuntime())?.url
  return (given ?? `http://127.0.0.1:${process.env.PORT || 3000}`).replace(/\/+$/, '')
}

const credentialsFile = () =>
  path.join(process.env.XDG_CONFIG_HOME || path.join(homedir(), '.config'), 'selah', 'credentials.json')

async function readCredentials(): Promise<Record<string, string>> {
  try {
    return credentialsSchema.parse(JSON.parse(await readFile(credentialsFile(), 'utf8')))
  } catch {
    return {}
  }
}

/** Saves a token for later calls, readable by this user only. Throws an explained error when it cannot. */
export async function saveCredential(url: string, token: string): Promise<void> {
  const file = credentialsFile()
  const all = { ...(await readCredentials()), [url]: token }
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    await writeFile(file, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 })
  } catch (cause) {
    throw new Error(
      `The token could not be saved in ${file}. Choose another folder with XDG_CONFIG_HOME, or create a token ` +
        'in Settings and set SELAH_TOKEN.',
      { cause },
    )
  }
}

/** An error response of the server, with its message. */
export class ApiError extends Error {
  readonly code: string
  readonly status: number

  constructor(status: number, code: string, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
  }
}

export interface Api {
  url: string
  request(method: string, path: string, body?: unknown): Promise<unknown>
  /** Revokes a token that was created only for this call. */
  close(): Promise<void>
}

async function send(url: string, token: string | undefined, method: string, path_: string, body?: unknown) {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (token) headers.authorization = `Bearer ${token}`
  let payload: BodyInit | undefined
  if (body instanceof Uint8Array) {
    headers['content-type'] = 'application/octet-stream'
    payload = new Uint8Array(body)
  } else if (body !== undefined) {
    headers['content-type'] = 'application/json'
    payload = JSON.stringify(body)
  }
  let response: Response
  try {
    response = await fetch(`${url}${path_}`, {
      method,
      headers,
      ...(payload === undefined ? {} : { body: payload }),
    })
  } catch (cause) {
    throw new Error(`Nothing answers at ${url}. Start Selah there with npm start, or set SELAH_URL.`, {
      cause,
    })
  }
  const text = await response.text()
  const value: unknown = text === '' ? null : parseJson(text)
  if (response.ok || path_ === '/api/health') return value
  const refusal = errorSchema.safeParse(value)
  throw new ApiError(
    response.status,
    refusal.data?.error.code ?? 'http_error',
    refusal.data?.error.message ?? `The server answered ${response.status}.`,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Exchanges an email address and password, and a code if the user has a second factor, for a token. */
export async function signIn(
  url: string,
  input: { email: string; password: string; code?: string; lifeSeconds: number },
): Promise<{ id: string; token: string }> {
  return loginSchema.parse(await send(url, undefined, 'POST', '/api/v1/login', input))
}

/**
 * Connects to the API as the user of the environment: SELAH_TOKEN, or SELAH_OWNER_EMAIL and
 * SELAH_OWNER_PASSWORD (for this call only), or the token that `login` saved, or without a user.
 */
export async function connectApi(): Promise<Api> {
  const url = await findUrl()
  const { SELAH_TOKEN, SELAH_OWNER_EMAIL: email, SELAH_OWNER_PASSWORD: password } = process.env
  let token = SELAH_TOKEN || undefined
  let temporary: { id: string; token: string } | undefined
  if (!token && email && password) {
    temporary = await signIn(url, { email, password, lifeSeconds: 12 * 3600 })
    token = temporary.token
  }
  token ??= (await readCredentials())[url]
  return {
    url,
    request: (method, path_, body) => send(url, token, method, path_, body),
    async close() {
      if (temporary) await send(url, token, 'DELETE', `/api/v1/tokens/${temporary.id}`).catch(() => {})
    },
  }
}
