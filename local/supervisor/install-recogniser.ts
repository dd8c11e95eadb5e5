import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'

const packages = ['pocketsphinx', 'pocketsphinx-en-us']

export interface Installation {
  /** Resolves at the end: false when the installation was attempted and failed. */
  done: Promise<boolean>
  /** Ends the installation. */
  stop(): void
}

/**
 * Installs Debian's speech recogniser when no other recogniser is configured and this process runs as root. `print`
 * writes to the person at the terminal, `write` receives the output of the package manager. `done` never rejects.
 */
export function installRecogniser({
  print,
  write,
}: {
  print(line: string): void
  write(line: string): void
}): Installation {
  if (!isNeeded()) return { done: Promise.resolve(true), stop() {} }
  print(
    `Installing a speech recogniser (${packages.join(', ')}) for draft transcripts. Set SELAH_NO_APT=1 to skip this.`,
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
    // Without fresh lists there may be nothing to install. If the update fails, the old lists may be enough.
    await apt(['update'])
    if (stopped) return false
    const code = await apt(['install', '--no-install-recommends', ...packages])
    if (stopped) return false
    print(
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

function isNeeded(): boolean {
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
