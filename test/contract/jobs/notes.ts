import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { waitFor } from './wait-for-end.ts'

/** Files to which the tasks of the suite append a line for each action. */
export interface Notes {
  /** Returns the path of a file that no other test uses. */
  newFile(): string
  /** Reads the lines of a file; none when no task has written to it. */
  read(file: string): Promise<string[]>
  /** Resolves when a task has written this line. */
  waitForNote(file: string, line: string): Promise<string[]>
  remove(): Promise<void>
}

/** Creates a folder for notes. */
export async function createNotes(): Promise<Notes> {
  const folder = await mkdtemp(join(tmpdir(), 'selah-jobs-'))
  const read = async (file: string) => {
    try {
      return (await readFile(file, 'utf8')).trim().split('\n')
    } catch {
      return []
    }
  }
  return {
    newFile: () => join(folder, randomBytes(6).toString('hex')),
    read,
    waitForNote: (file, line) =>
      waitFor(
        () => read(file),
        (lines) => lines.includes(line),
      ),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
