import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'

const packages = ['pocketsphinx', 'pocketsphinx-en-us']

export interface Installation {
  /** Resolves when it has ended: false when it was tried and did not succeed. */
  done: Promise<boolean>
  /** Breaks it off. */
  stop(): void
}

/**
 * Installs Debian's speech recogniser when nothing else can write sermons down and we are root. `say` tells
 * the person, `write` takes what the package manager prints. It never fails whoever waits for it.
 */
export function installRecogniser({
  say,
  write,
}: {
  say(line: string): void
  write(line: string): void
}): Installation {
  if (!isWanted()) return { done: Promise.resolve(true), stop() {} }
  say(
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
      running.stdout?.on('data', (chunk) => write(String(chunk).trimEnd()))
      running.stderr?.on('data', (chunk) => write(String(chunk).trimEnd()))
      running.once('error', () => resolve(1))
      running.once('close', (code) => resolve(code ?? 1))
    })

  const install = async () => {
    // Without fresh lists there may be nothing to install from; if they cannot be had, the old ones may do.
    await apt(['update'])
    if (stopped) return false
    const code = await apt(['install', '--no-install-recommends', ...packages])
    if (stopped) return false
    say(
      code === 0
        ? 'The speech recogniser is installed: new recordings get a draft transcript.'
        : 'The speech recogniser could not be installed. Recordings wait for a transcript you upload; everything else works.',
    )
    return code === 0
  }
  return {
    done: install(),
    stop() {
      stopped = true
      running?.kill('SIGTERM')
    },
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
