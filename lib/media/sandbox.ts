import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

/**
 * What confines the processes that read untrusted recordings. `bubblewrap`: they have no network and see no files but
 * programs, libraries and those of their work. `network`: they have no network. `none`: neither.
 */
export type Sandbox = 'bubblewrap' | 'network' | 'none'

/** Absolute paths that a confined process may use; everything below a folder is included. */
export interface SandboxPaths {
  readable: string[]
  writable: string[]
}

type Command = [string, ...string[]]

const programFolders = ['/usr/bin', '/bin', '/usr/local/bin']
/** Programs and libraries. Folders that a system does not have are left out. */
const systemFolders = ['/usr', '/bin', '/lib', '/lib64', '/etc/ld.so.cache', '/nix/store']
const trialLimitMs = 10_000

const descriptions: Record<Sandbox, string> = {
  bubblewrap: 'bubblewrap; recordings are read without network and without access to other files',
  network:
    'recordings are read without network; install bubblewrap to hide other files from their programs too',
  none: 'none; this system allows no namespaces, so recordings are read with resource limits only',
}

let found: Promise<Sandbox> | undefined

/** Finds out, once for each process, what this system offers, by trying it with a harmless program. */
export function findSandbox(): Promise<Sandbox> {
  found ??= trySandboxes()
  return found
}

async function trySandboxes(): Promise<Sandbox> {
  if (process.platform !== 'linux') return 'none'
  for (const sandbox of ['bubblewrap', 'network'] as const) {
    try {
      const [program, ...args] = await confineCommand(sandbox, [process.execPath, '--version'], {
        readable: [process.execPath],
        writable: [],
      })
      await promisify(execFile)(program, args, { env: { NODE_ENV: 'production' }, timeout: trialLimitMs })
      return sandbox
    } catch {
      // Not installed, or not allowed here, as in many containers.
    }
  }
  return 'none'
}

/** What it means for the operator, and what to do for more. */
export function describeSandbox(sandbox: Sandbox): string {
  return descriptions[sandbox]
}

/** The command that runs `command` in the sandbox. Throws when its program is not installed. */
export async function confineCommand(
  sandbox: Sandbox,
  command: Command,
  paths: SandboxPaths,
): Promise<Command> {
  switch (sandbox) {
    case 'bubblewrap':
      return [await requireProgram('bwrap'), ...bubblewrapOptions(paths), '--', ...command]
    case 'network':
      return [
        await requireProgram('unshare'),
        '--user',
        '--map-current-user',
        '--net',
        '--ipc',
        '--',
        ...command,
      ]
    case 'none':
      return command
  }
}

function bubblewrapOptions({ readable, writable }: SandboxPaths): string[] {
  const bind = (option: string, paths: string[]) => paths.flatMap((each) => [option, each, each])
  return [
    '--unshare-all',
    '--die-with-parent',
    '--cap-drop',
    'ALL',
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
    ...bind('--ro-bind-try', systemFolders),
    ...bind('--bind', writable),
    // Last, so that a readable file in a writable folder stays as it is.
    ...bind('--ro-bind', readable),
  ]
}

/** Returns the path of a program of the system, or null. */
export async function findProgram(name: string): Promise<string | null> {
  for (const folder of programFolders) {
    const candidate = path.join(folder, name)
    try {
      await access(candidate, constants.X_OK)
      return candidate
    } catch {
      // Not in this folder.
    }
  }
  return null
}

async function requireProgram(name: string): Promise<string> {
  const program = await findProgram(name)
  if (!program) throw new Error(`${name} is not installed.`)
  return program
}
