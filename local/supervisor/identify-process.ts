import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Returns when a process started, in the unit of the system, to distinguish it from a later one with the same pid.
 * `undefined` when there is no such process.
 */
export function processStart(pid: number): string | undefined {
  if (process.platform === 'linux') return linuxProcessStart(pid)
  try {
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return started === '' ? undefined : started
  } catch {
    return undefined
  }
}

export interface ProcessIdentity {
  pid: number
  start: string
}

/** Whether the recorded process itself is running, not another one with the same pid. */
export function isRunning({ pid, start }: ProcessIdentity): boolean {
  return processStart(pid) === start
}

let bootId: string | undefined

function linuxProcessStart(pid: number): string | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in brackets and may itself contain spaces and brackets.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
    const [state] = fields
    const startTicks = fields[19]
    if (startTicks === undefined || state === 'Z' || state === 'X') return undefined
    bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${bootId}:${startTicks}`
  } catch {
    return undefined
  }
}
