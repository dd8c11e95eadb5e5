import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, readlink, realpath, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeWav } from '#harness/media/make-wav.ts'
import { portOf } from '#harness/ports.ts'
import { encodeLadder } from './encode-ladder.ts'
import { confineCommand, findSandbox, type Sandbox } from './sandbox.ts'

let folder: string
let server: Server
let requests = 0
const files = { secret: '', input: '', work: '' }

beforeAll(async () => {
  folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'selah-sandbox-')))
  files.work = await mkdtemp(path.join(folder, 'work-'))
  files.secret = path.join(folder, 'secrets.json')
  files.input = path.join(files.work, 'input.wav')
  await writeFile(files.secret, 'a secret')
  await writeFile(files.input, 'a recording')
  server = createServer((_request, response) => {
    requests += 1
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true, force: true })
})

/** What a program can do that an attacker controls completely. */
async function attackFrom(sandbox: Sandbox): Promise<Record<string, string>> {
  const script = `
    import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
    const attempt = async (work) => { try { return String(await work()) } catch (error) { return 'failed' } }
    const { secret, input, work, url } = JSON.parse(process.argv[1])
    console.log(JSON.stringify({
      connect: await attempt(async () => (await fetch(url)).status),
      readSecret: await attempt(() => readFileSync(secret, 'utf8')),
      readPasswords: await attempt(() => readFileSync('/etc/passwd', 'utf8').slice(0, 5)),
      readInput: await attempt(() => readFileSync(input, 'utf8')),
      writeInput: await attempt(() => writeFileSync(input, 'changed')),
      writeOutput: await attempt(() => writeFileSync(work + '/output', 'made')),
      seesProcess: await attempt(() => readdirSync('/proc').includes('${process.pid}')),
    }))
    process.exit(0)`
  const given = JSON.stringify({ ...files, url: `http://127.0.0.1:${portOf(server)}` })
  const [program, ...args] = await confineCommand(
    sandbox,
    [process.execPath, '--input-type=module', '--eval', script, given],
    { readable: [process.execPath, files.input], writable: [files.work] },
  )
  const { stdout } = await promisify(execFile)(program, args, { env: { NODE_ENV: 'test' } })
  return JSON.parse(stdout)
}

describe('a process that reads an untrusted recording', () => {
  it('has no network, sees no other files and processes, and changes only its own folder', async ({
    skip,
  }) => {
    skip((await findSandbox()) !== 'bubblewrap', 'bubblewrap is not installed or not allowed on this system')
    expect(await attackFrom('bubblewrap')).toEqual({
      connect: 'failed',
      readSecret: 'failed',
      readPasswords: 'failed',
      readInput: 'a recording',
      writeInput: 'failed',
      writeOutput: 'undefined',
      seesProcess: 'false',
    })
    expect(await readFile(path.join(files.work, 'output'), 'utf8')).toBe('made')
    expect(requests).toBe(0)
  })

  it('has no network where the system offers only that', async ({ skip }) => {
    skip((await findSandbox()) === 'none', 'this system allows no network namespaces')
    expect(await attackFrom('network')).toMatchObject({ connect: 'failed', readInput: 'a recording' })
    expect(requests).toBe(0)
  })

  it('reaches the server when nothing confines it, so that the attack itself works', async () => {
    expect(await attackFrom('none')).toMatchObject({ connect: '200', readSecret: 'a secret' })
    expect(requests).toBe(1)
  })

  it('is the media child: it runs in a network of its own', async ({ skip }) => {
    skip((await findSandbox()) === 'none', 'this system allows no network namespaces')
    const filePath = path.join(folder, 'long.wav')
    await writeFile(filePath, makeWav({ durationMs: 120_000 }))
    const networks: Promise<string[]>[] = []
    const stop = new AbortController()
    const encoding = encodeLadder({
      filePath,
      outputDir: path.join(folder, 'encoded'),
      gainDb: 0,
      ceilingDb: null,
      levelling: null,
      durationMs: 120_000,
      probe: { track: { number: 1, of: 1 }, repair: null, channels: 1, sampleRateHz: 16_000 },
      signal: stop.signal,
      onProgress() {
        if (networks.length > 0) return
        networks.push(networksOf('lib/media/child/main.ts', path.join(folder, 'encoded')))
        networks[0]?.finally(() => stop.abort())
      },
    })
    await expect(encoding).rejects.toThrow()
    const found = await networks[0]
    expect(found?.length).toBeGreaterThan(0)
    expect(found).not.toContain(await readlink('/proc/self/ns/net'))
  })
})

/** The network namespaces of the Node processes that run a script and have a file of a folder open. */
async function networksOf(script: string, openFolder: string): Promise<string[]> {
  const found: string[] = []
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    try {
      const [program = '', ...args] = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')
      if (program !== process.execPath || !args.some((arg) => arg.endsWith(script))) continue
      const open = await Promise.all(
        (await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')),
      )
      if (open.some((file) => file.startsWith(openFolder))) found.push(await readlink(`/proc/${pid}/ns/net`))
    } catch {
      // It ended in the meantime.
    }
  }
  return found
}
