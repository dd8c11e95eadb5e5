/**
 * Starts everything that Selah needs on this machine in the right order, keeps it running, and stops it.
 * `--dev` runs the web server with hot reload.
 */
import path from 'node:path'
import { createTerminal } from './create-terminal.ts'
import { ExplainedError } from './explained-error.ts'
import { onStopRequest } from './on-stop-request.ts'
import { loadEnvironmentFiles, readSupervisorSettings } from './read-supervisor-settings.ts'
import { superviseSelah } from './supervise-selah.ts'

const root = path.resolve(import.meta.dirname, '../..')

async function main(): Promise<number> {
  if (process.env.SELAH_ENV_FILES !== '0') loadEnvironmentFiles(root)
  const settings = readSupervisorSettings(process.env, { root, dev: process.argv.includes('--dev') })
  const terminal = createTerminal({ everything: settings.logEverything })
  const stop = new AbortController()
  onStopRequest((reason) => stop.abort(reason))
  await superviseSelah({ terminal, environment: process.env }, settings, stop.signal)
  return 0
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof ExplainedError ? error.message : error)
    process.exit(1)
  },
)
