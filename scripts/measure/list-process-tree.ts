import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export interface ProcessMemory {
  pid: number
  name: string
  rssMb: number
}

interface RunningProcess extends ProcessMemory {
  parent: number
}

/** Lists a process and all its descendants, with the memory of each (shared pages are counted for each). */
export function listProcessTree(rootPid: number): ProcessMemory[] {
  const processes = process.platform === 'linux' ? readProc() : readPs()
  const found = new Set([rootPid])
  // A child is not always listed after its parent, so repeat until nothing new is found.
  for (let size = 0; size !== found.size; ) {
    size = found.size
    for (const { pid, parent } of processes) if (found.has(parent)) found.add(pid)
  }
  return processes.filter(({ pid }) => found.has(pid)).map(({ pid, name, rssMb }) => ({ pid, name, rssMb }))
}

/** Reads /proc, because small Debian images have no `ps`. */
function readProc(): RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8')
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
        const numberOf = (field: string) =>
          Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
        return [describeProcess(Number(pid), numberOf('PPid'), numberOf('VmRSS'), command)]
      } catch {
        // It ended in the meantime.
        return []
      }
    })
}

function readPs(): RunningProcess[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, pid, parent, rssKb, command = '']) =>
      describeProcess(Number(pid), Number(parent), Number(rssKb), command),
    )
}

function describeProcess(pid: number, parent: number, rssKb: number, command: string): RunningProcess {
  return { pid, parent, rssMb: Math.round(rssKb / 1024), name: nameProcess(command) }
}

/** Returns a short name for a process from its command line, without the folders of the machine. */
export function nameProcess(command: string): string {
  if (/^npm (run |start)/.test(command) || command.includes('npm-cli')) return 'npm'
  const script = /(?:^|[\s/])((?:local|scripts|lib)\/[\w/.-]+\.m?[jt]s)(?:\s|$)/.exec(command)?.[1]
  if (/next(-server|\/dist\/bin\/next)/.test(command)) return 'web server (Next.js)'
  return (
    script ??
    command
      .split(' ')
      .slice(0, 2)
      .map((word) => word.split('/').at(-1))
      .join(' ')
      .slice(0, 40)
  )
}
