import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Runs an installed program; when it is missing, the error names the package to install. */
export async function runProgram(name: 'flite' | 'lame', args: string[]): Promise<void> {
  await execute(name, args).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') {
      throw new Error(`Making the samples needs ${name}: apt-get install ${name}`, { cause })
    }
    throw cause
  })
}
