import { createHash } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Explained } from './explained.mjs'
import { lockSetUp } from './lock-set-up.mjs'
import { lastLines, runNpm } from './npm.mjs'
import { showProgress } from './progress.mjs'

/**
 * Installs exactly what the lock file names, unless that is done already for this lock, Node and platform.
 * The stamp is removed first and written last, so an unfinished install is repeated.
 *
 * @param {{ root: string, node: { path: string, modules: string } }} input
 */
export async function installPackages({ root, node }) {
  const stampFile = path.join(root, 'node_modules', '.selah-install')
  const expected = await fingerprint({ root, node })
  if ((await readText(stampFile)) === expected) return

  await lockSetUp(path.join(root, '.runtime', 'install.lock'), async () => {
    if ((await readText(stampFile)) === expected) return
    await showProgress('Installing packages', async () => {
      await rm(stampFile, { force: true })
      const env = { SKIP_FFMPEG: 'true' }
      let result = await runNpm({ node: node.path, cwd: root, env, args: ['ci', '--ignore-scripts'] })
      if (result.code !== 0 && /\bEUSAGE\b/.test(result.output)) {
        // `npm ci` fails with a lock that lacks the builds of this platform; `npm install` does not.
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
      await writeFile(stampFile, expected)
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
