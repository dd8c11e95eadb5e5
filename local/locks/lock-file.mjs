// @ts-check
// Plain JavaScript without packages: `scripts/bootstrap` uses it before a suitable Node or any package is installed.
import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isRunning, processStart } from './identify-process.mjs'

const heartbeatMs = 5_000
/** How long a holder on another machine (a shared volume) counts as alive after its last heartbeat. */
const foreignHolderAliveMs = 20_000
/** A process that removes a stale lock needs a moment; one that takes longer was killed. */
const takeoverLimitMs = 10_000
const pollMs = 20

/** @typedef {{ pid: number, start: string, host: string }} Holder */

/** Another process holds the lock. */
export class LockedError extends Error {
  /** @param {number} pid the process that holds it */
  constructor(pid) {
    super(`The lock is held by process ${pid}.`)
    this.name = 'LockedError'
    this.pid = pid
  }
}

/**
 * Takes a lock file for this process and creates its folder. The lock of a process that was killed is taken over by
 * exactly one of the processes that try. Throws LockedError while another holder is alive.
 *
 * @param {string} file
 * @returns {Promise<{ release: () => void }>}
 */
export async function takeLock(file) {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const own = JSON.stringify({
    pid: process.pid,
    start: processStart(process.pid) ?? '',
    host: hostname(),
    token: randomUUID(),
  })
  const deadline = Date.now() + 2 * takeoverLimitMs
  while (!createWith(file, own)) {
    const seen = read(file)
    // Removed between the two checks: another process has released it or is taking it over.
    if (seen === undefined) continue
    const holder = parseHolder(seen)
    if (holder && (isAlive(holder, file) || Date.now() > deadline)) throw new LockedError(holder.pid)
    removeStale(file, seen)
    await delay(pollMs)
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

  return {
    release() {
      clearInterval(heartbeat)
      if (read(file) === own) rmSync(file, { force: true })
    },
  }
}

/**
 * Runs `work` with the lock, after other holders have released it. `onWait` is called once if it has to wait.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait]
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait) {
  let isWaiting = false
  for (;;) {
    const lock = await takeLock(file).catch((error) => {
      if (error instanceof LockedError) return undefined
      throw error
    })
    if (lock) {
      try {
        return await work()
      } finally {
        lock.release()
      }
    }
    if (!isWaiting) onWait?.()
    isWaiting = true
    await delay(5 * pollMs)
  }
}

/**
 * Creates the file with all of its content in one step. Returns false when it exists.
 *
 * @param {string} file
 * @param {string} content
 */
function createWith(file, content) {
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, content, { mode: 0o600 })
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * Removes the lock of a dead holder, unless another process has replaced it in the meantime.
 *
 * @param {string} file
 * @param {string} seen
 */
function removeStale(file, seen) {
  const takeover = `${file}.takeover`
  const own = randomUUID()
  if (!createWith(takeover, own)) {
    if (ageMs(takeover) > takeoverLimitMs) rmSync(takeover, { force: true })
    return
  }
  try {
    if (read(file) === seen) rmSync(file, { force: true })
  } finally {
    if (read(takeover) === own) rmSync(takeover, { force: true })
  }
}

/**
 * @param {string} file
 * @returns {string | undefined}
 */
function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/**
 * Returns undefined for a text that no holder can have written; such a lock counts as stale.
 *
 * @param {string} text
 * @returns {Holder | undefined}
 */
function parseHolder(text) {
  try {
    const { pid, start, host } = JSON.parse(text)
    if (typeof pid === 'number' && typeof start === 'string' && typeof host === 'string')
      return { pid, start, host }
  } catch {
    // Partly written before a crash.
  }
  return undefined
}

/**
 * @param {Holder} holder
 * @param {string} file
 */
function isAlive(holder, file) {
  return holder.host === hostname() ? isRunning(holder) : ageMs(file) < foreignHolderAliveMs
}

/** @param {string} file */
function ageMs(file) {
  try {
    return Date.now() - statSync(file).mtimeMs
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 0
    throw error
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code
}
