import { readdir, readFile, readlink } from 'node:fs/promises'

/** Returns the pids of the media processes of an engine's run workers: their folder is inside the engine's. */
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
      // It ended in the meantime.
    }
  }
  return found
}
