import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { isRunning, processStart } from '../locks/identify-process.mjs'
import { ExplainedError } from './explained-error.ts'

const recordSchema = z.array(
  z.object({ name: z.string(), pid: z.number().int().positive(), start: z.string() }),
)
type RecordedProcess = z.infer<typeof recordSchema>[number]

/** Services exit when their supervisor has ended; this is how long they may take. */
const exitWithinMs = 3_000
const pollMs = 50

export interface ProcessRecord {
  add(name: string, pid: number): void
  remove(pid: number): void
  clear(): void
}

/** Stores the list of running services in the data folder, for the start after a `kill -9`. */
export function recordProcesses(dataDir: string): ProcessRecord {
  const file = recordFile(dataDir)
  const running = new Map<number, RecordedProcess>()
  const draft = `${file}.new`
  const save = () => {
    // A reader at any time, also after a crash, finds the complete old list or the complete new one.
    try {
      writeFileSync(draft, JSON.stringify([...running.values()]), { mode: 0o600 })
      renameSync(draft, file)
    } catch (error) {
      // A full disk must not end the services. They also exit without this list when their supervisor has ended.
      console.error(`The list of running processes could not be stored: ${error}`)
    }
  }
  return {
    add(name, pid) {
      running.set(pid, { name, pid, start: processStart(pid) ?? '' })
      save()
    },
    remove(pid) {
      running.delete(pid)
      save()
    },
    clear() {
      rmSync(file, { force: true })
    },
  }
}

/**
 * Waits until the processes that a killed supervisor left running have exited, and ends those that do not.
 * Another process with the pid of one of them is not touched. Returns the names of the ended processes.
 */
export async function endLeftoverProcesses(dataDir: string, withinMs = exitWithinMs): Promise<string[]> {
  const leftovers = readRecord(recordFile(dataDir)).filter(isRunning)
  const deadline = Date.now() + withinMs
  while (leftovers.some(isRunning) && Date.now() < deadline) await delay(pollMs)

  const ended = leftovers.filter(isRunning)
  for (const { pid } of ended) {
    try {
      killGroup(pid)
    } catch (cause) {
      const what = `Process ${pid} of an earlier start is still running, as another user`
      throw new ExplainedError(`${what}. End it, then start Selah again.`, { cause })
    }
  }
  while (ended.some(isRunning)) await delay(pollMs)
  return ended.map(({ name }) => name)
}

/** Ends a process that leads its own group, and every process in the group. */
export function killGroup(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function recordFile(dataDir: string): string {
  return path.join(dataDir, 'processes.json')
}

function readRecord(file: string): RecordedProcess[] {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return []
  }
}
