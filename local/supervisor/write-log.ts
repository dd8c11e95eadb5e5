import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'

const maxSizeBytes = 5 * 1024 * 1024
const keptFiles = 3

export interface Log {
  write(line: string): void
  /** The last few lines, to explain why a service ended. */
  tail(): string[]
}

/**
 * Opens `<folder>/<name>.log`. It is renamed to `.log.1` (and that to `.log.2`) when it reaches 5 MiB, so
 * the log does not fill the disk.
 */
export function openLog(folder: string, name: string, limitBytes = maxSizeBytes): Log {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, `${name}.log`)
  let sizeBytes = existingSize(file)
  const recent: string[] = []

  return {
    write(line) {
      recent.push(line)
      if (recent.length > 20) recent.shift()
      const entry = `${new Date().toISOString()} ${line}\n`
      try {
        if (sizeBytes > 0 && sizeBytes + entry.length > limitBytes) {
          rotate(file)
          sizeBytes = 0
        }
        appendFileSync(file, entry, { mode: 0o600 })
        sizeBytes += Buffer.byteLength(entry)
      } catch {
        // A full disk or a removed folder must not end the services; their output is lost until that is fixed.
      }
    },
    tail: () => recent.slice(-8),
  }
}

function rotate(file: string): void {
  for (let index = keptFiles - 1; index >= 1; index -= 1) {
    const from = index === 1 ? file : `${file}.${index - 1}`
    try {
      renameSync(from, `${file}.${index}`)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
}

function existingSize(file: string): number {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}
