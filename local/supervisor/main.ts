/**
 * Starts everything that Selah needs on this machine in the right order, keeps it running, and stops it.
 * `--dev` runs the web server with hot reload.
 */
import path from 'node:path'
import { createTerminal, type Terminal } from './create-terminal.ts'
import { dropRoot } from './drop-root.ts'
import { ExplainedError } from './explained-error.ts'
import { type Installation, installPackages } from './install-packages.ts'
import { onStopRequest } from './on-stop-request.ts'
import { loadEnvironmentFiles, readSupervisorSettings, type Settings } from './read-supervisor-settings.ts'
import { superviseSelah } from './supervise-selah.ts'
import { type Log, openLog } from './write-log.ts'

const root = path.resolve(import.meta.dirname, '../..')

async function main(): Promise<number> {
  if (process.env.SELAH_ENV_FILES !== '0') loadEnvironmentFiles(root)
  const settings = readSupervisorSettings(process.env, { root, dev: process.argv.includes('--dev') })
  const terminal = createTerminal({ everything: settings.logEverything })
  const stop = new AbortController()
  onStopRequest((reason) => stop.abort(reason))
  const installation = startInstallation(settings, terminal)
  const runsAs = dropRoot(settings, process.env)
  if (runsAs.startsWith('root')) terminal.print(`Selah runs as ${runsAs}.`)
  try {
    await superviseSelah({ terminal, environment: process.env, runsAs }, settings, stop.signal)
  } finally {
    installation?.stop()
  }
  return 0
}

/** Needs root, so it begins before `dropRoot`. Its log is opened by the user that Selah runs as. */
function startInstallation(settings: Settings, terminal: Terminal): Installation | undefined {
  if (!settings.mayInstallPackages) return undefined
  let log: Log | undefined
  return installPackages({
    withRecogniser: settings.mayInstallRecogniser,
    print: terminal.print,
    write(line) {
      log ??= openLog(path.join(settings.dataDir, 'logs'), 'apt')
      log.write(line)
    },
  })
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof ExplainedError ? error.message : error)
    process.exit(1)
  },
)
