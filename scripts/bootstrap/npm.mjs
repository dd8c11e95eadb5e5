import path from 'node:path'
import { captureChild } from './run-child.mjs'

/**
 * Runs npm silently: the npm that started us when there is one, under the given Node, so that it installs
 * for that Node.
 *
 * @param {{ node: string, args: string[], cwd: string, env?: Record<string, string> }} input
 */
export function runNpm({ node, args, cwd, env = {} }) {
  const npmCli = process.env.npm_execpath
  const options = { cwd, env: { ...cleanEnvironment(), ...env, PATH: pathWith(node) } }
  if (npmCli && path.basename(npmCli).startsWith('npm-cli')) {
    return captureChild(node, [npmCli, ...args], options)
  }
  return captureChild(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options)
}

/** The last lines npm printed, for a person to read. */
export function lastLines(output, count = 25) {
  return output.trimEnd().split('\n').slice(-count).join('\n')
}

function pathWith(node) {
  return [path.dirname(node), process.env.PATH ?? ''].join(path.delimiter)
}

/** npm tells its scripts which folder it works in; a second npm in another folder must not believe it. */
function cleanEnvironment() {
  const env = { ...process.env }
  for (const name of [
    'npm_config_local_prefix',
    'npm_config_prefix',
    'npm_config_global_prefix',
    'INIT_CWD',
  ]) {
    delete env[name]
  }
  return env
}
