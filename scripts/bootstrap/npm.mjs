import path from 'node:path'
import { captureChild } from './run-child.mjs'

/**
 * Runs npm silently and under the given Node, so that it installs for that Node. Uses the npm that started this process,
 * if any.
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

/** Returns the last lines of npm's output, for a person to read. */
export function lastLines(output, count = 25) {
  return output.trimEnd().split('\n').slice(-count).join('\n')
}

function pathWith(node) {
  return [path.dirname(node), process.env.PATH ?? ''].join(path.delimiter)
}

/** Removes the variables by which npm names its folder, because a second npm would use that folder. */
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
