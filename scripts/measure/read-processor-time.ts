import { readFileSync } from 'node:fs'

/** Linux reports processor time in hundredths of a second on every common platform. */
const TICK_MS = 10

/** The processor time that processes have used so far, in milliseconds; null where there is no /proc. */
export function readProcessorMs(pids: readonly number[]): number | null {
  if (process.platform !== 'linux') return null
  return pids.reduce((sum, pid) => sum + readOne(pid), 0)
}

function readOne(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the program, in brackets, may contain spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  } catch {
    // It has ended.
    return 0
  }
}
