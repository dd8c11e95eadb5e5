import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeWav, wavHeader } from '#harness/media/make-wav.ts'
import { portOf } from '#harness/ports.ts'
import { AppError } from '#lib/errors.ts'
import { encodeLadder } from './encode-ladder.ts'
import { measureLoudness } from './measure-loudness.ts'
import { probeMedia } from './probe-media.ts'

const run = promisify(execFile)
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

let directory: string

/** A file with one track of one good channel. */
const plainProbe = { track: { number: 1, of: 1 }, repair: null, channels: 1, sampleRateHz: 16_000 }
let mp3: Buffer
let m4a: Buffer

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'selah-test-'))
  const wav = await put('voice.wav', makeWav({ durationMs: 12_000 }))
  mp3 = await readFile(await encodeFixture(wav, 'voice.mp3'))
  m4a = await readFile(await encodeFixture(wav, 'voice.m4a'))
})

afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
})

async function put(name: string, content: Buffer | string): Promise<string> {
  const file = path.join(directory, name)
  await writeFile(file, content)
  return file
}

async function encodeFixture(wav: string, name: string, streams = 1): Promise<string> {
  const output = path.join(directory, name)
  await run(process.execPath, ['test/media/encode-fixture.ts', wav, output, String(streams)])
  return output
}

async function reasonFor(filePath: string): Promise<string> {
  try {
    await probeMedia({ filePath })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    expect(error.code).toBe('unprocessable')
    expect(error.message).toMatch(/^[A-Z].*(Please|please).*\.$/)
    return error.reason
  }
  return 'accepted'
}

describe('a recording that was cut short is accepted, with its actual and its announced length', () => {
  const secondsOf = async (name: string, content: Buffer) => {
    const { announcedMs, durationMs } = await probeMedia({ filePath: await put(name, content) })
    return [announcedMs ?? 0, durationMs].map((ms) => Math.round(ms / 1000))
  }
  const cut = (whole: Buffer) => whole.subarray(0, whole.length / 2)

  it.each(['mp3', 'flac', 'fast.m4a', 'mka', 'aiff', 'caf'])('%s', async (ending) => {
    const wav = await put('voice.wav', makeWav({ durationMs: 12_000 }))
    const whole = await readFile(await encodeFixture(wav, `whole.${ending}`))
    const [announced, found = 0] = await secondsOf(`cut.${ending}`, cut(whole))
    expect(announced).toBe(12)
    expect(found).toBeGreaterThan(3)
    expect(found).toBeLessThan(9)
  })

  it('wav', async () => {
    const samples = makeWav({ durationMs: 4000 }).subarray(44)
    const short = Buffer.concat([wavHeader(samples.length * 5, 1, 16_000), samples])
    expect(await secondsOf('cut.wav', short)).toEqual([20, 4])
  })
})

describe('an upload that is not a recording is refused with its reason', () => {
  it('empty', async () => {
    expect(await reasonFor(await put('empty.mp3', ''))).toBe('media.empty')
  })

  it('text named .mp3', async () => {
    expect(await reasonFor(await put('text.mp3', 'Grace and peace to you. '.repeat(500)))).toBe(
      'media.not_audio',
    )
  })

  it('random bytes named .m4a', async () => {
    const bytes = Buffer.from(
      Array.from({ length: 50_000 }, (_, index) => (index * 7919 + (index >> 3)) % 251),
    )
    expect(await reasonFor(await put('noise.m4a', bytes))).toMatch(/^media\.(not_audio|damaged|truncated)$/)
  })

  it('an m4a cut short before its index', async () => {
    expect(await reasonFor(await put('cut.m4a', m4a.subarray(0, m4a.length * 0.5)))).toBe('media.truncated')
  })

  it('an m4a with most of its audio overwritten', async () => {
    const damaged = Buffer.from(m4a)
    const audioAt = damaged.indexOf('mdat') + 4
    damaged.fill(0xff, audioAt + 8000, audioAt + Math.floor((m4a.length - audioAt) * 0.85))
    const filePath = await put('damaged.m4a', damaged)
    await expect(measureLoudness({ filePath })).rejects.toMatchObject({ reason: 'media.damaged' })
  })

  it('ten audio tracks', async () => {
    const wav = await put('short.wav', makeWav({ durationMs: 2000 }))
    expect(await reasonFor(await encodeFixture(wav, 'ten.m4a', 10))).toBe('media.too_many_streams')
  })

  it('shorter than a second', async () => {
    expect(await reasonFor(await put('blip.wav', makeWav({ durationMs: 600 })))).toBe('media.too_short')
  })

  it('silence', async () => {
    const filePath = await put('silence.wav', makeWav({ durationMs: 3000, level: 0 }))
    await expect(measureLoudness({ filePath })).rejects.toMatchObject({ reason: 'media.silent' })
  })
})

describe('an upload that points elsewhere', () => {
  it('cannot make us read another file (concat list, relative and absolute)', async () => {
    await copyFile(path.join(directory, 'voice.mp3'), path.join(directory, 'secret.mp3'))
    for (const target of ['secret.mp3', path.join(directory, 'secret.mp3')]) {
      const list = await put('list.mp3', `ffconcat version 1.0\nfile '${target}'\n`)
      expect(await reasonFor(list)).toBe('media.playlist')
    }
  })

  it('is refused by the list of formats, even without the empty folder', async () => {
    await copyFile(path.join(directory, 'voice.mp3'), path.join(directory, 'secret.mp3'))
    const list = await put('beside.mp3', "ffconcat version 1.0\nfile 'secret.mp3'\n")
    const script = `import { openAudio } from './lib/media/child/open-audio.ts'
      try { openAudio(${JSON.stringify(list)}); console.log('opened') } catch (error) { console.log(error.reason) }
      process.exit(0)`
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script])
    expect(stdout.trim()).toBe('media.playlist')
  })

  it('cannot open a connection, as a playlist or a manifest, in any step', async () => {
    let requests = 0
    const server = createServer((_request, response) => {
      requests += 1
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://127.0.0.1:${portOf(server)}`
    try {
      const hls = `#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\n${origin}/a.ts\n#EXT-X-ENDLIST\n`
      const dash = `<?xml version="1.0"?>\n<MPD type="static"><Period><BaseURL>${origin}/</BaseURL></Period></MPD>`
      for (const [name, content] of Object.entries({ 'hls.mp3': hls, 'hls.m3u8': hls, 'dash.mpd': dash })) {
        const filePath = await put(name, content)
        expect(await reasonFor(filePath)).toBe('media.playlist')
        await expect(measureLoudness({ filePath })).rejects.toMatchObject({ reason: 'media.playlist' })
      }
      expect(requests).toBe(0)
    } finally {
      server.close()
    }
  })
})

describe('an unusual but valid upload is read', () => {
  it('an mp3 with tags and a cover picture', async () => {
    const tagged = Buffer.concat([
      id3([
        textFrame('TIT2', 'Grace'),
        textFrame('TPE1', 'Anne Example'),
        id3Frame('APIC', Buffer.concat([Buffer.from('\0image/png\0\x03\0', 'latin1'), PIXEL])),
      ]),
      mp3,
    ])
    const filePath = await put('tagged.mp3', tagged)
    const coverFile = path.join(directory, 'cover')
    const probe = await probeMedia({ filePath, coverFile })
    expect(probe).toMatchObject({
      container: 'mp3',
      codec: 'mp3',
      tags: { title: 'Grace', artist: 'Anne Example' },
      cover: { contentType: 'image/png', sizeBytes: PIXEL.length },
    })
    expect(Math.abs(probe.durationMs - 12_000)).toBeLessThan(120)
    expect(await readFile(coverFile)).toEqual(PIXEL)
    expect((await measureLoudness({ filePath })).decodedDurationMs).toBeGreaterThan(11_900)
  })

  it('a cover that is not a picture is left out', async () => {
    const filePath = await put(
      'script.mp3',
      Buffer.concat([
        id3([id3Frame('APIC', Buffer.from('\0image/png\0\x03\0<script>alert(1)</script>', 'latin1'))]),
        mp3,
      ]),
    )
    expect((await probeMedia({ filePath, coverFile: path.join(directory, 'no-cover') })).cover).toBeNull()
  })

  it('an m4a with damaged packets, which loses only those packets', async () => {
    const scratched = Buffer.from(m4a)
    const audioAt = scratched.indexOf('mdat') + 4
    scratched.fill(0x55, audioAt + 20_000, audioAt + 24_000)
    const filePath = await put('scratched.m4a', scratched)
    expect(await reasonFor(filePath)).toBe('accepted')
    const { decodedDurationMs } = await measureLoudness({ filePath })
    expect(decodedDurationMs).toBeGreaterThan(10_500)
    const { renditions } = await encodeLadder({
      filePath,
      outputDir: path.join(directory, 'scratched'),
      gainDb: 0,
      ceilingDb: null,
      levelling: null,
      durationMs: decodedDurationMs,
      probe: plainProbe,
    })
    for (const { durationMs } of renditions)
      expect(Math.abs(durationMs - decodedDurationMs)).toBeLessThan(100)
  })

  it('an m4a under any name, even one with a colon', async () => {
    expect(await reasonFor(await put('http:sermon', m4a))).toBe('accepted')
  })
})

describe('stopping', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it('an abort kills the child long before its work is done, and leaves nothing behind', async () => {
    const filePath = await put('long.wav', makeWav({ durationMs: 240_000 }))
    const outputDir = path.join(directory, 'aborted')
    const temporaryDir = await mkdtemp(path.join(directory, 'temporary-'))
    vi.stubEnv('TMPDIR', temporaryDir)
    const controller = new AbortController()
    let foldersAtAbort = 0
    const work = encodeLadder({
      filePath,
      outputDir,
      gainDb: 3,
      ceilingDb: -2,
      levelling: null,
      durationMs: 240_000,
      probe: { ...plainProbe, channels: 2 },
      signal: controller.signal,
      onProgress: () => {
        if (controller.signal.aborted) return
        foldersAtAbort = readdirSync(temporaryDir).length
        controller.abort(new Error('stopped by the test'))
      },
    })
    await expect(work).rejects.toThrow('stopped by the test')
    expect(await finishedPlaylists(outputDir)).toEqual([])
    expect(await childrenOf(process.pid)).toEqual([])
    expect(foldersAtAbort).toBeGreaterThan(0)
    expect(await readdir(temporaryDir)).toEqual([])
  })

  it('does not start when it is already aborted', async () => {
    const signal = AbortSignal.abort(new Error('too late'))
    await expect(probeMedia({ filePath: path.join(directory, 'voice.mp3'), signal })).rejects.toThrow(
      'too late',
    )
  })

  it('ends without finishing its work when its parent process is killed', async () => {
    const durationMs = 600_000
    const filePath = await put('orphan.wav', makeWav({ durationMs }))
    const outputDir = path.join(directory, 'orphaned')
    const input = { filePath, outputDir, gainDb: 3, ceilingDb: -2, durationMs, probe: plainProbe }
    const script = `import { encodeLadder } from '#lib/media/encode-ladder.ts'
      await encodeLadder({ ...${JSON.stringify(input)}, onProgress: () => process.stdout.write('.') })`
    const parent = execFile(process.execPath, ['--input-type=module', '--eval', script], () => {})
    await new Promise<void>((resolve) => parent.stdout?.once('data', () => resolve()))
    const [child] = await childrenOf(parent.pid ?? 0)
    expect(child).toBeDefined()
    parent.kill('SIGKILL')
    await expect.poll(() => isAlive(child ?? 0)).toBe(false)
    expect(await finishedPlaylists(outputDir)).toEqual([])
  })
})

/** A playlist is written when its rendition is whole. */
async function finishedPlaylists(outputDir: string): Promise<string[]> {
  return (await readdir(outputDir)).filter((name) => name.endsWith('.m3u8'))
}

/** Media children of a process, from /proc. */
async function childrenOf(parentPid: number): Promise<number[]> {
  const found: number[] = []
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const [stat, command] = await Promise.all([
      readFile(`/proc/${entry}/stat`, 'latin1').catch(() => ''),
      readFile(`/proc/${entry}/cmdline`, 'latin1').catch(() => ''),
    ])
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (Number(fields[1]) === parentPid && fields[0] !== 'Z' && command.includes('lib/media/child/main.ts')) {
      found.push(Number(entry))
    }
  }
  return found
}

async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null)
  return stat !== null && stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z'
}

function textFrame(id: string, text: string): Buffer {
  return id3Frame(id, Buffer.from(`\0${text}`, 'latin1'))
}

function id3Frame(id: string, body: Buffer): Buffer {
  const header = Buffer.alloc(10)
  header.write(id, 'latin1')
  header.writeUInt32BE(body.length, 4)
  return Buffer.concat([header, body])
}

function id3(frames: Buffer[]): Buffer {
  const body = Buffer.concat(frames)
  const header = Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1')
  for (let index = 0; index < 4; index += 1) header[9 - index] = (body.length >> (7 * index)) & 0x7f
  return Buffer.concat([header, body])
}
