import { mkdir, open, readFile, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** How often the holder updates the time of its lock. */
const heartbeatMs = 2000
/** A holder counts as dead when it has not updated its lock for this long, or when its process has ended. */
const staleAfterMs = 30_000

/**
 * Runs `work` while no other process on this machine runs work under the same lock file. Otherwise two commands
 * started at the same time would install or build over each other.
 *
 * @template T
 * @param {string} file the lock file; its folder is created
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withFolderLock(file, work) {
  await mkdir(path.dirname(file), { recursive: true })
  let announced = false
  while (!(await tryLock(file))) {
    if (await isStale(file)) {
      await rm(file, { force: true })
      continue
    }
    if (!announced) process.stderr.write('Waiting for another Selah command to finish setting up …\n')
    announced = true
    await delay(300)
  }

  const heartbeat = setInterval(() => {
    const now = new Date()
    utimes(file, now, now).catch(() => {})
  }, heartbeatMs)
  heartbeat.unref()
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    await rm(file, { force: true })
  }
}

async function tryLock(file) {
  try {
    const handle = await open(file, 'wx')
    await handle.writeFile(String(process.pid))
    await handle.close()
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

async function isStale(file) {
  try {
    const { mtimeMs } = await stat(file)
    if (Date.now() - mtimeMs > staleAfterMs) return true
    const pid = Number(await readFile(file, 'utf8'))
    return pid > 0 && !isAlive(pid)
  } catch (error) {
    if (error.code === 'ENOENT') return false
    throw error
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
