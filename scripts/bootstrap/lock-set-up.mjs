import { chmodSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { withLock } from '../../local/locks/lock-file.mjs'

/**
 * Runs `work` while no other command on this machine works under the same lock file. Otherwise two commands
 * started at the same time would install or build over each other.
 *
 * @template T
 * @param {string} file the lock file; its folder is created
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function lockSetUp(file, work) {
  mkdirSync(path.dirname(file), { recursive: true })
  openToOthers(path.dirname(file))
  return withLock(file, work, () =>
    process.stderr.write('Waiting for another Selah command to finish setting up …\n'),
  )
}

/**
 * Lets other users read a folder of installed programs: Selah may run them as another user than the one who installs.
 *
 * @param {string} folder
 */
export function openToOthers(folder) {
  try {
    chmodSync(folder, 0o755)
  } catch {
    // It belongs to another user, who can run what is in it.
  }
}
