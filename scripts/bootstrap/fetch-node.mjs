import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Explained } from './explained.mjs'
import { lockSetUp, openToOthers } from './lock-set-up.mjs'
import { lastLines, runNpm } from './npm.mjs'
import { showProgress } from './progress.mjs'
import { captureChild } from './run-child.mjs'

/** The oldest Node on which the packages run, and the version that is fetched when the present one is older. */
const neededMajor = 24
const fetchedVersion = '24.21.0'

/**
 * Returns a Node that can run Selah: the present one if it is new enough, otherwise one that npm fetches
 * into `.runtime/` of the project.
 *
 * @param {{ root: string }} input
 * @returns {Promise<{ path: string, modules: string }>} its path and its native module version
 */
export async function fetchNode({ root }) {
  if (Number(process.versions.node.split('.')[0]) >= neededMajor) {
    return { path: process.execPath, modules: process.versions.modules }
  }

  const folder = path.join(root, '.runtime')
  const os = process.platform === 'win32' ? 'win' : process.platform
  const packageName = `node-${os}-${process.arch}`
  const binary = path.join(
    folder,
    'node_modules',
    packageName,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  const stampFile = path.join(folder, 'node.json')
  const ready = async () => {
    const stamp = await readStamp(stampFile)
    if (stamp?.version === fetchedVersion && stamp.package === packageName && existsSync(binary)) {
      return { path: binary, modules: String(stamp.modules) }
    }
    return undefined
  }

  const present = await ready()
  if (present) {
    openToOthers(folder)
    return present
  }
  return lockSetUp(path.join(folder, 'fetch.lock'), async () => {
    const fetched = await ready()
    if (fetched) return fetched
    return showProgress(`Fetching Node.js ${fetchedVersion} (this is ${process.versions.node})`, async () => {
      await rm(stampFile, { force: true })
      await mkdir(folder, { recursive: true })
      await writeFile(path.join(folder, 'package.json'), '{"private":true}\n')
      const { code, output } = await runNpm({
        node: process.execPath,
        cwd: folder,
        args: [
          'install',
          '--ignore-scripts',
          '--no-save',
          '--no-package-lock',
          '--no-audit',
          '--no-fund',
          `${packageName}@${fetchedVersion}`,
        ],
      })
      const probe =
        code === 0 && existsSync(binary)
          ? await captureChild(binary, ['-p', 'process.versions.modules'])
          : { code: 1, output: '' }
      if (probe.code !== 0) {
        throw new Explained(
          `${lastLines(output || probe.output)}\n` +
            `Node.js ${fetchedVersion} could not be fetched through npm for ${os}-${process.arch}. ` +
            `Check the network, or install Node.js ${neededMajor} yourself, then run the same command again.`,
        )
      }
      const modules = probe.output.trim()
      await writeFile(stampFile, JSON.stringify({ version: fetchedVersion, package: packageName, modules }))
      return { path: binary, modules }
    })
  })
}

async function readStamp(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return undefined
  }
}
