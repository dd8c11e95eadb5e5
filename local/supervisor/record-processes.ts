import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { isRunning, processStart } from './identify-process.ts'

const recordSchema = z.array(
  z.object({ name: z.string(), pid: z.number().int().positive(), start: z.string() }),
)
type RecordedProcess = z.infer<typeof recordSchema>[number]

/** Services notice the death of their supervisor and leave on their own; this is how long they get. */
const leaveWithinMs = 3_000
const pollMs = 50

export interface ProcessRecord {
  add(name: string, pid: number): void
  remove(pid: number): void
  clear(): void
}

/** Keeps the list of running services in the data folder, for the start after a `kill -9`. */
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
      // A full disk must not end what runs. Services also leave by themselves when their supervisor is gone.
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
 * Waits for what a killed supervisor left running on this data folder, and ends it when it does not leave.
 * A foreign process that has got one of the old numbers is not touched. Returns the names of what was ended.
 */
export async function endStragglers(dataDir: string, withinMs = leaveWithinMs): Promise<string[]> {
  const stragglers = readRecord(recordFile(dataDir)).filter(isRunning)
  const deadline = Date.now() + withinMs
  while (stragglers.some(isRunning) && Date.now() < deadline) await delay(pollMs)

  const ended = stragglers.filter(isRunning)
  for (const { pid } of ended) killGroup(pid)
  while (ended.some(isRunning)) await delay(pollMs)
  return ended.map(({ name }) => name)
}

/** Ends a process we started as the leader of its own group, and everything it started. */
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
