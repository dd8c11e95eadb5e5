import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

const holderSchema = z.object({
  pid: z.number().int().positive(),
  /** When the process started, according to the system: pids are reused. */
  started: z.string(),
  token: z.string(),
})

type Holder = z.infer<typeof holderSchema>

export class DatabaseInUseError extends Error {}

export interface OwnerLock {
  release(): void
}

const takeoverLimitMs = 10_000

/**
 * Makes this process the only owner of the folder. Two owners would each see only their own writes and leave
 * files that cannot be opened again. Throws DatabaseInUseError while another owner is alive. The lock of a dead
 * owner is taken over by exactly one of the processes that try.
 */
export async function acquireOwnerLock(directory: string): Promise<OwnerLock> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, 'owner.lock')
  const me: Holder = {
    pid: process.pid,
    started: processStart(process.pid) ?? 'unknown',
    token: randomUUID(),
  }
  const deadline = Date.now() + 2 * takeoverLimitMs
  while (!createExclusively(path, me)) {
    const seen = readLock(path)
    // Removed between the two checks: another process has released it or is taking it over.
    if (seen === null) continue
    const holder = parseHolder(seen)
    if (holder !== null && isAlive(holder)) {
      throw new DatabaseInUseError(
        `The database in ${directory} is already in use by process ${holder.pid}. Stop that one first, or use another folder.`,
      )
    }
    if (Date.now() > deadline) throw new DatabaseInUseError(`The lock ${path} could not be taken over.`)
    removeStale(path, seen)
    await delay(20)
  }
  return {
    release() {
      if (readLock(path) === JSON.stringify(me)) rmSync(path, { force: true })
    },
  }
}

/** Creates the file with all of its content in one step, or returns false when it exists. */
function createExclusively(path: string, holder: Holder): boolean {
  const draft = `${path}.${holder.token}`
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Removes the lock of a dead owner, unless another process has replaced it in the meantime. */
function removeStale(path: string, seen: string): void {
  const takeover = `${path}.takeover`
  const mine: Holder = { pid: process.pid, started: '', token: randomUUID() }
  if (!createExclusively(takeover, mine)) {
    if (ageMs(takeover) > takeoverLimitMs) rmSync(takeover, { force: true })
    return
  }
  try {
    if (readLock(path) === seen) rmSync(path, { force: true })
  } finally {
    if (readLock(takeover) === JSON.stringify(mine)) rmSync(takeover, { force: true })
  }
}

function readLock(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

/** Returns null for a text that no owner can have written; such a lock has no holder. */
function parseHolder(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function isAlive(holder: Holder): boolean {
  const started = processStart(holder.pid)
  return started !== null && (started === holder.started || holder.started === 'unknown')
}

/** Returns a text that is different for each process with this pid, or null when there is no such process. */
function processStart(pid: number): string | null {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // The name, in parentheses, may contain anything; the start time is the 20th field after it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (fields[0] === 'Z' || fields[0] === 'X') return null
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`
    } catch (error) {
      if (hasCode(error, 'ENOENT') || hasCode(error, 'ESRCH')) return null
      throw error
    }
  }
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return text === '' ? null : text
  } catch {
    // ps ends with an error when there is no such process.
    return null
  }
}

function ageMs(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 0
    throw error
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
