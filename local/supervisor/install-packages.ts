import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'

/** Packages of Debian, and the programs by which they are recognised. */
interface Package {
  names: string[]
  programs: string[]
}

const recogniser: Package = {
  names: ['pocketsphinx', 'pocketsphinx-en-us'],
  programs: ['pocketsphinx', 'pocketsphinx_continuous'],
}
const sandbox: Package = { names: ['bubblewrap'], programs: ['bwrap'] }

export interface Installation {
  /** Resolves at the end: false when the installation was attempted and failed. */
  done: Promise<boolean>
  /** Ends the installation. */
  stop(): void
}

/**
 * Installs Debian's sandbox for recordings and, if `withRecogniser`, its speech recogniser, when they are missing and
 * this process runs as root. The installation stays root when this process becomes another user. `print` writes to the
 * person at the terminal, `write` receives the output of the package manager. `done` never rejects.
 */
export function installPackages(input: {
  withRecogniser: boolean
  print(line: string): void
  write(line: string): void
}): Installation {
  const { withRecogniser, print, write } = input
  const wanted = [...(withRecogniser ? [recogniser] : []), sandbox].filter(
    ({ programs }) => !programs.some(isOnPath),
  )
  if (wanted.length === 0 || !canInstall()) return { done: Promise.resolve(true), stop() {} }
  const names = wanted.flatMap((each) => each.names)
  const isForSpeech = wanted.includes(recogniser)
  print(
    `Installing ${names.join(', ')}: ${isForSpeech ? 'draft transcripts and a' : 'a'} sandbox for recordings. ` +
      'Set SELAH_NO_APT=1 to skip this.',
  )
  // Without fresh lists there may be nothing to install. If the update fails, the old lists may be enough.
  const script = 'apt-get -q -y update; exec apt-get -q -y install --no-install-recommends "$@"'
  const running = spawn('sh', ['-c', script, 'install', ...names], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  running.stdout.on('data', (chunk) => write(String(chunk).trimEnd()))
  running.stderr.on('data', (chunk) => write(String(chunk).trimEnd()))
  let stopped = false
  const done = new Promise<boolean>((resolve) => {
    const end = (isInstalled: boolean) => {
      if (!stopped) print(isInstalled ? `Installed ${names.join(', ')}.` : failure(isForSpeech))
      resolve(isInstalled)
    }
    running.once('error', () => end(false))
    running.once('close', (code) => end(code === 0))
  })
  return {
    done,
    stop() {
      stopped = true
      try {
        running.kill('SIGTERM')
      } catch {
        // It is root's, and this process is another user by now: it finishes without harm.
      }
    },
  }
}

function failure(isForSpeech: boolean): string {
  return isForSpeech
    ? 'The packages could not be installed. Recordings wait for a transcript you upload; everything else works.'
    : 'The package could not be installed. Everything works; recordings are read with fewer safeguards.'
}

function canInstall(): boolean {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    existsSync('/etc/debian_version') &&
    isOnPath('apt-get')
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
