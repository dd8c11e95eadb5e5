import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Explained } from './explained.mjs'
import { withFolderLock } from './folder-lock.mjs'
import { lastLines, runNpm } from './npm.mjs'
import { showProgress } from './progress.mjs'

/**
 * Installs exactly what the lock file says, unless that has been done for this lock, Node and platform.
 * The stamp is removed first and written last, so a half-finished install is always done again.
 *
 * @param {{ root: string, node: { path: string, modules: string } }} input
 */
export async function installPackages({ root, node }) {
  const stampFile = path.join(root, 'node_modules', '.selah-install')
  const wanted = await fingerprint({ root, node })
  if ((await readText(stampFile)) === wanted) return

  await withFolderLock(path.join(root, '.runtime', 'install.lock'), async () => {
    if ((await readText(stampFile)) === wanted) return
    await showProgress('Installing packages', async () => {
      await rm(stampFile, { force: true })
      const env = { SKIP_FFMPEG: 'true' }
      let result = await runNpm({ node: node.path, cwd: root, env, args: ['ci', '--ignore-scripts'] })
      if (result.code !== 0 && /\bEUSAGE\b/.test(result.output)) {
        // A lock written where some platform's builds could not be seen fails `npm ci` only.
        process.stderr.write('\nThe lock file does not cover this platform, installing without it …\n')
        result = await runNpm({
          node: node.path,
          cwd: root,
          env,
          args: ['install', '--no-save', '--ignore-scripts'],
        })
      }
      if (result.code !== 0) {
        throw new Explained(
          `${lastLines(result.output)}\nThe packages could not be installed. ` +
            'Check the network and the free disk space, then run the same command again.',
        )
      }
      await writeFile(stampFile, wanted)
    })
  })
}

async function fingerprint({ root, node }) {
  const lock = await readFile(path.join(root, 'package-lock.json'))
  return createHash('sha256')
    .update(lock)
    .update(`\n${node.modules}\n${process.platform}-${process.arch}`)
    .digest('hex')
}

async function readText(file) {
  try {
    return await readFile(file, 'utf8')
  } catch {
    return undefined
  }
}
