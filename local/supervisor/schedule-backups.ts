import { type ChildProcess, fork } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { listBackups } from '../backup/backup-manifest.ts'
import type { Terminal } from './create-terminal.ts'
import type { Plan } from './plan-services.ts'
import type { Settings } from './read-supervisor-settings.ts'
import { killGroup, type ProcessRecord } from './record-processes.ts'
import type { Log } from './write-log.ts'

const checkEveryMs = 10 * 60_000
const dayMs = 24 * 60 * 60_000

interface Deps {
  settings: Settings
  plan: Plan
  environment: Record<string, string>
  terminal: Terminal
  record: ProcessRecord
  log: Log
}

/**
 * Writes a daily backup in a process of its own, and keeps as many as the settings say. A failure is reported, and
 * the backup is attempted again at the next check. `stop` ends a running backup; the next one removes its files.
 */
export function scheduleBackups(deps: Deps): { stop(): Promise<void> } {
  const { dataDir, backups } = deps.settings
  let running: { child: ChildProcess; ended: Promise<void> } | undefined
  let stopped = false
  const check = async (): Promise<void> => {
    const isDue = isBackupDue(await newestBackupMs(backups.folder), installedMs(dataDir), Date.now())
    if (!isDue || stopped || running !== undefined) return
    running = startBackup(deps)
    await running.ended
    running = undefined
  }
  const report = (error: unknown) => deps.log.write(String(error))
  const timer = setInterval(() => check().catch(report), checkEveryMs)
  if (backups.keep > 0) check().catch(report)
  else clearInterval(timer)
  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      if (running?.child.pid !== undefined) killGroup(running.child.pid)
      await running?.ended
    },
  }
}

/** True a day after the last backup, or after the installation when there is none yet. */
export function isBackupDue(newestMs: number | null, installedAtMs: number, nowMs: number): boolean {
  return nowMs - (newestMs ?? installedAtMs) >= dayMs
}

async function newestBackupMs(folder: string): Promise<number | null> {
  const [newest] = (await listBackups(folder)).filter(({ manifest }) => manifest.reason === 'daily')
  return newest ? Date.parse(newest.manifest.createdAt) : null
}

/** When the installation was first started: the secrets file is written once, then. */
function installedMs(dataDir: string): number {
  return statSync(path.join(dataDir, 'secrets.json')).mtimeMs
}

function startBackup({ settings, plan, environment, terminal, record, log }: Deps) {
  const { folder, keep, s3 } = settings.backups
  const child = fork(
    path.join(settings.root, 'local/backup/main.ts'),
    ['--to', folder, '--reason', 'daily', '--keep', String(keep), ...(s3 ? ['--s3', s3] : [])],
    {
      cwd: settings.root,
      env: { ...environment, ...plan.productEnv, NODE_ENV: 'production' },
      execArgv: [],
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  const { pid } = child
  if (pid !== undefined) record.add('backup', pid)
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => log.write(line))
  }
  const ended = new Promise<void>((resolve) => {
    const onEnd = (failure: string | undefined) => {
      if (pid !== undefined) record.remove(pid)
      if (failure !== undefined) terminal.print(`The daily backup failed: ${log.tail().at(-1) ?? failure}`)
      resolve()
    }
    child.once('error', (error) => onEnd(error.message))
    child.once('close', (code, signal) =>
      onEnd(code === 0 || signal === 'SIGKILL' ? undefined : `exit code ${code}`),
    )
  })
  return { child, ended }
}
