import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/**
 * Chromium (since 136) then compiles all functions of a script in the background while it loads. By default it compiles
 * each of them when it is called first, and the page cannot react to a press in that time.
 */
const HINT = '//# allFunctionsCalledOnLoad\n'
/** Compiling smaller scripts takes less time than it takes to hand them over. */
const LEAST_CHARACTERS = 20_000

/** Lets browsers compile the larger scripts of a built web app, whose root is `root`, in the background. */
export async function compileInBackground(root: string): Promise<void> {
  const folder = path.join(root, '.next/static/chunks')
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.js')) continue
    const file = path.join(folder, name)
    const script = await readFile(file, 'utf8')
    if (script.length >= LEAST_CHARACTERS && !script.startsWith(HINT)) await writeFile(file, HINT + script)
  }
}
