import { readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pinnedSpeechModels, type SpeechManifest } from './model-manifest.ts'

/** The choice belongs to the machine, like the models: another machine may be too small for it. */
const choiceFile = (dir: string) => path.join(dir, 'speech-model.txt')

/** The speech model that the owner has chosen for this machine; null for none. */
export function readSpeechChoice(dir: string): SpeechManifest | null {
  let id: string
  try {
    id = readFileSync(choiceFile(dir), 'utf8').trim()
  } catch {
    return null
  }
  return pinnedSpeechModels.find((model) => model.id === id) ?? null
}

/**
 * Stores which speech model this machine downloads and uses; null for none. The files of another one are removed,
 * because each takes hundreds of megabytes.
 */
export async function chooseSpeechModel(dir: string, choice: SpeechManifest | null): Promise<void> {
  await mkdir(dir, { recursive: true })
  const file = choiceFile(dir)
  if (choice) {
    await writeFile(`${file}.new`, choice.id)
    await rename(`${file}.new`, file)
  } else {
    await rm(file, { force: true })
  }
  const others = pinnedSpeechModels.filter(({ id }) => id !== choice?.id)
  await Promise.all(others.map(({ id }) => rm(path.join(dir, id), { recursive: true, force: true })))
}
