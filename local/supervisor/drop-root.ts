import { spawnSync } from 'node:child_process'
import { lchownSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ExplainedError } from './explained-error.ts'
import type { Settings } from './read-supervisor-settings.ts'

interface User {
  uid: number
  gid: number
}

/** The user of an installation without a user of its own: a number that no system gives to a person. */
const defaultUser: User = { uid: 47_301, gid: 47_301 }
const userName = 'selah'
/** What Selah stores in its folders. A folder with anything else is not given away. */
const dataNames =
  /^(database|storage|trigger|models|logs|backups|compiled|\.restoring|(secrets|runtime|processes)\.json(\..*)?|supervisor\.lock.*)$/
const backupNames = /^(selah-.*|\.partial-.*|owner\.lock.*|lost\+found)$/

/**
 * Continues this process, and with it everything that it starts, as an ordinary user when it was started as root. The
 * data folder and that of the backups then belong to that user: the owner of the data folder if that is not
 * root, otherwise the one that `SELAH_USER` names, otherwise `selah`, otherwise a user without a name.
 *
 * Returns who runs Selah now, for the operator: root only with a reason. Throws an ExplainedError for a `SELAH_USER`
 * that does not exist.
 */
export function dropRoot(settings: Settings, environment: NodeJS.ProcessEnv): string {
  const uid = process.getuid?.()
  if (uid === undefined) return 'the user who started it'
  if (uid !== 0) return `user ${uid}`
  const user = chooseUser(settings)
  const reason = user === null ? 'SELAH_USER is root' : findObstacle(settings, user)
  if (user === null || reason !== null) return `root, because ${reason}`
  for (const folder of ownFolders(settings)) giveFolder(folder.path, user)
  process.setgroups?.([user.gid])
  process.setgid?.(user.gid)
  process.setuid?.(user.uid)
  // Programs that write below the home folder must not try it in that of root.
  environment.HOME = settings.dataDir
  if (environment.NODE_COMPILE_CACHE) {
    environment.NODE_COMPILE_CACHE = path.join(settings.dataDir, 'compiled')
  }
  return `user ${user.uid}`
}

function chooseUser({ user, dataDir }: Settings): User | null {
  if (user === 'root' || user === '0') return null
  const owner = lstatSync(dataDir, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  if (user === undefined) return findUser(userName) ?? defaultUser
  if (/^\d+$/.test(user)) return { uid: Number(user), gid: Number(user) }
  const named = findUser(user)
  if (named === null) throw new ExplainedError(`SELAH_USER cannot be used: there is no user ${user}.`)
  return named
}

function findUser(name: string): User | null {
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`${name}:`))
  const [, , uid, gid] = entry?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null
}

/** Why Selah could not run as this user, or null. */
function findObstacle(settings: Settings, user: User): string | null {
  const { root, dev, port, dataDir } = settings
  if (dev) return 'npm run dev changes files of the project'
  if (port !== 0 && port < firstOrdinaryPort()) {
    return `only root may listen on port ${port}; put a reverse proxy in front and use a port from ${firstOrdinaryPort()}`
  }
  const program = ['node_modules', 'lib', 'local', '.next'].map((name) => path.join(root, name))
  // The data folder itself is given to the user, so only the way to it matters.
  const folders = [path.dirname(process.execPath), ...program, existingParent(dataDir)]
  const unreachable = findUnreachable(folders, user)
  if (unreachable) return `user ${user.uid} cannot open ${unreachable}; move it, or allow others to read it`
  for (const { path: folder, names } of ownFolders(settings)) {
    const other = listNames(folder).find((name) => !names.test(name))
    if (other !== undefined) return `${folder} also contains ${other}; give Selah a folder of its own`
  }
  return null
}

function firstOrdinaryPort(): number {
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'))
  } catch {
    return 1024
  }
}

function existingParent(folder: string): string {
  const parent = path.dirname(folder)
  return lstatSync(parent, { throwIfNoEntry: false }) ? parent : existingParent(parent)
}

/** Tries it as that user, with the same Node: rights can come from groups, ACLs and mounts. */
function findUnreachable(folders: string[], user: User): string | null {
  const script = `
    for (const folder of process.argv.slice(1)) {
      try { require('fs').accessSync(folder, 1) } catch { process.stdout.write(folder); break }
    }`
  const { status, stdout } = spawnSync(process.execPath, ['--eval', script, ...folders], {
    ...user,
    env: { NODE_ENV: 'production' },
    cwd: '/',
    encoding: 'utf8',
  })
  if (status !== 0) return process.execPath
  return stdout === '' ? null : stdout
}

function ownFolders({ dataDir, backups }: Settings): { path: string; names: RegExp }[] {
  const isInside = !path.relative(dataDir, backups.folder).startsWith('..')
  return [
    { path: dataDir, names: dataNames },
    ...(isInside || backups.keep === 0 ? [] : [{ path: backups.folder, names: backupNames }]),
  ]
}

function listNames(folder: string): string[] {
  return lstatSync(folder, { throwIfNoEntry: false }) ? readdirSync(folder) : []
}

/**
 * Gives a folder and what is in it to the user, where root has it. A link is not followed. In a folder that was given
 * before, a file with several names is left alone: the user may have linked it from elsewhere.
 */
function giveFolder(folder: string, user: User): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const isFirst = lstatSync(folder).uid === 0
  const give = (entry: string) => {
    const stats = lstatSync(entry)
    const isFolder = stats.isDirectory()
    if (isFolder) for (const name of readdirSync(entry)) give(path.join(entry, name))
    // A folder follows its contents, so that an interrupted pass is repeated.
    if (stats.uid === 0 && (isFirst || isFolder || stats.nlink === 1)) lchownSync(entry, user.uid, user.gid)
  }
  give(folder)
}
