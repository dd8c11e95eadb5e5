import {
  accessSync,
  constants,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { ExplainedError } from './explained-error.ts'
import { isRunning, processStart } from './identify-process.ts'

const heartbeatMs = 5_000
/** How long a holder on another machine (a shared volume) counts as alive after its last heartbeat, in ms. */
const foreignHolderAliveMs = 20_000

const holderSchema = z.object({ pid: z.number(), start: z.string(), host: z.string() })
type Holder = z.infer<typeof holderSchema>

/**
 * Locks the data folder for this process, and creates it (readable by its owner only) when it is missing.
 * The lock of a killed process is taken over. Throws an ExplainedError when another process has the lock, or
 * when the folder cannot be used. Returns the function that unlocks it.
 */
export function lockDataFolder(dataDir: string): () => void {
  openFolder(dataDir)
  const file = path.join(dataDir, 'supervisor.lock')
  const own: Holder = { pid: process.pid, start: processStart(process.pid) ?? '', host: hostname() }

  for (let attempt = 0; !tryCreate(file, own); attempt += 1) {
    const found = readHolder(file)
    if (found && (isAlive(found.holder, file) || attempt >= 5)) {
      throw new ExplainedError(
        `Selah is already running on the data folder ${dataDir} (process ${found.holder.pid}). ` +
          'Stop it first, or choose another folder: SELAH_DATA_DIR=<folder> npm start.',
      )
    }
    if (found) removeStale(file, found.raw)
  }

  const heartbeat = setInterval(() => {
    const now = new Date()
    try {
      utimesSync(file, now, now)
    } catch {
      // The folder was removed, so there is nothing left to lock.
    }
  }, heartbeatMs)
  heartbeat.unref()

  return () => {
    clearInterval(heartbeat)
    if (readHolder(file)?.holder.pid === own.pid) rmSync(file, { force: true })
  }
}

const reasons: Record<string, string> = {
  EEXIST: 'a file has that name',
  ENOTDIR: 'a part of its path is a file',
  EACCES: 'this user is not allowed to write there',
  EPERM: 'this user is not allowed to write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
}

function openFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new ExplainedError(
      `The data folder ${dataDir} cannot be used: ${reasons[code] ?? `system error ${code}`}. ` +
        'Choose another folder: SELAH_DATA_DIR=<folder> npm start.',
      { cause },
    )
  }
}

function tryCreate(file: string, holder: Holder): boolean {
  // Written to a draft and linked, so that no process reads a partly written lock.
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 })
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function readHolder(file: string): { holder: Holder; raw: string } | undefined {
  let raw: string
  try {
    raw = readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
  try {
    return { holder: holderSchema.parse(JSON.parse(raw)), raw }
  } catch {
    return { holder: { pid: 0, start: '', host: hostname() }, raw }
  }
}

function isAlive(holder: Holder, file: string): boolean {
  if (holder.host === hostname()) return isRunning(holder)
  try {
    return Date.now() - statSync(file).mtimeMs < foreignHolderAliveMs
  } catch {
    return false
  }
}

/** Removes a stale lock. Only one of several processes removes it; a newer lock is put back. */
function removeStale(file: string, raw: string): void {
  const moved = `${file}.stale.${process.pid}`
  try {
    renameSync(file, moved)
  } catch {
    return
  }
  if (readFileSync(moved, 'utf8') !== raw) {
    try {
      linkSync(moved, file)
    } catch {
      // Another process has locked the folder in the meantime; the next check finds its lock.
    }
  }
  rmSync(moved, { force: true })
}
