import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'
import type { Terminal } from './speak-to-terminal.ts'
import type { Log } from './write-log.ts'

const packages = ['pocketsphinx', 'pocketsphinx-en-us']

/**
 * Installs Debian's speech recogniser in the background when nothing else can write sermons down and we are
 * allowed to. Returns the function that breaks the installation off; it never fails the start.
 */
export function installRecogniser({ terminal, log }: { terminal: Terminal; log: Log }): () => void {
  if (!isWanted()) return () => {}
  terminal.say(
    `Installing a speech recogniser (${packages.join(', ')}) for draft transcripts. SELAH_NO_APT=1 leaves it out.`,
  )
  let stopped = false
  let running: ChildProcess | undefined
  const apt = (args: string[]) =>
    new Promise<number>((resolve) => {
      running = spawn('apt-get', ['-q', '-y', ...args], {
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      })
      running.stdout?.on('data', (chunk) => log.write(String(chunk).trimEnd()))
      running.stderr?.on('data', (chunk) => log.write(String(chunk).trimEnd()))
      running.once('error', () => resolve(1))
      running.once('close', (code) => resolve(code ?? 1))
    })

  const install = async () => {
    // Without fresh lists there may be nothing to install from; if they cannot be had, the old ones may do.
    await apt(['update'])
    if (stopped) return
    const code = await apt(['install', '--no-install-recommends', ...packages])
    if (stopped) return
    terminal.say(
      code === 0
        ? 'The speech recogniser is installed: new recordings get a draft transcript.'
        : 'The speech recogniser could not be installed. Recordings wait for a transcript you upload; everything else works.',
    )
  }
  install().catch((error: unknown) => log.write(String(error)))
  return () => {
    stopped = true
    running?.kill('SIGTERM')
  }
}

function isWanted(): boolean {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    existsSync('/etc/debian_version') &&
    isOnPath('apt-get') &&
    !isOnPath('pocketsphinx') &&
    !isOnPath('pocketsphinx_continuous')
  )
}

function isOnPath(name: string): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
