import { access, constants } from 'node:fs/promises'

/** A speech recogniser installed on this machine. */
export type Recogniser = { command: string; label: string }

const COMMANDS = ['/usr/bin/pocketsphinx_continuous', '/usr/local/bin/pocketsphinx_continuous']
// Without its English model the program starts and then fails on every file.
const MODELS = [
  '/usr/share/pocketsphinx/model/en-us/en-us',
  '/usr/local/share/pocketsphinx/model/en-us/en-us',
]

/** Finds Debian's pocketsphinx and its English model; null when either is missing. */
export async function findRecogniser(): Promise<Recogniser | null> {
  const command = await firstReadable(COMMANDS, constants.X_OK)
  const model = await firstReadable(MODELS, constants.R_OK)
  return command && model ? { command, label: 'PocketSphinx (draft quality)' } : null
}

async function firstReadable(paths: readonly string[], mode: number): Promise<string | null> {
  for (const candidate of paths) {
    try {
      await access(candidate, mode)
      return candidate
    } catch {
      // Not here; try the next path.
    }
  }
  return null
}
