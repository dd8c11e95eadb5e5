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
  return withLock(file, work, () =>
    process.stderr.write('Waiting for another Selah command to finish setting up …\n'),
  )
}
