// @ts-check
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * @typedef {object} ProcessIdentity
 * @property {number} pid
 * @property {string} start when it started, as `processStart` returns it
 */

/**
 * Returns when a process started, in the unit of the system, to distinguish it from a later one with the same pid.
 * Undefined when there is no such process.
 *
 * @param {number} pid
 * @returns {string | undefined}
 */
export function processStart(pid) {
  if (process.platform === 'linux') return linuxProcessStart(pid)
  try {
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return started === '' ? undefined : started
  } catch {
    // `ps` fails when there is no such process.
    return undefined
  }
}

/**
 * Whether the recorded process itself is running, not another one with the same pid.
 *
 * @param {ProcessIdentity} recorded
 */
export function isRunning({ pid, start }) {
  return processStart(pid) === start
}

/**
 * @param {number} pid
 * @returns {string | undefined}
 */
function linuxProcessStart(pid) {
  const status = readIfPresent(`/proc/${pid}/stat`)
  if (status === undefined) return undefined
  // The second field is the program's name in brackets and may itself contain spaces and brackets.
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
  const [state] = fields
  if (state === 'Z' || state === 'X') return undefined
  // Ticks count from the start of the machine, so two starts of the machine must differ in another way.
  return `${readIfPresent('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}:${fields[19]}`
}

/**
 * @param {string} file
 * @returns {string | undefined}
 */
function readIfPresent(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ESRCH') return undefined
    throw error
  }
}
