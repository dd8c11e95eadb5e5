import { readdir, readFile, readlink } from 'node:fs/promises'

/** Pids of what works on media for the run workers of an engine: known by their folder, which lies in its own. */
export async function findMediaProcesses(engineDirectory: string): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const folder = await readlink(`/proc/${name}/cwd`)
      const command = await readFile(`/proc/${name}/cmdline`, 'utf8')
      if (folder.startsWith(engineDirectory) && command.includes('lib/media/child/main.ts')) {
        found.push(Number(name))
      }
    } catch {
      // It ended while we looked.
    }
  }
  return found
}
