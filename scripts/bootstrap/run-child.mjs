import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Explained } from './explained.mjs'

const forwarded = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/** How often to check whether the parent process is still running. */
const parentPollMs = 500

/** Read when this module is loaded, so that the end of the parent during a long install is noticed too. */
const parentPid = process.ppid

/**
 * Runs a program with the input and output of this process until it ends, and forwards signals to it. When the parent
 * process ends without a signal (npm killed, terminal closed), the program is stopped too.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} the exit code, 128 + n after signal n
 */
export function runChild(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit', ...options })

    const handlers = forwarded.map((signal) => {
      const forward = () => child.kill(signal)
      process.on(signal, forward)
      return () => process.off(signal, forward)
    })
    const parentWatch = setInterval(() => {
      if (process.ppid !== parentPid) child.kill('SIGTERM')
    }, parentPollMs)
    parentWatch.unref()

    const cleanUp = () => {
      clearInterval(parentWatch)
      for (const remove of handlers) remove()
    }
    child.on('error', (error) => {
      cleanUp()
      reject(error)
    })
    child.on('exit', (code, signal) => {
      cleanUp()
      resolve(code ?? 128 + (signal ? (constants.signals[signal] ?? 0) : 0))
    })
  })
}

/**
 * Runs a program silently and returns its output. Throws when this process must stop in the meantime.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function captureChild(file, args, options = {}) {
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let stopped = false
  const stop = () => {
    stopped = true
    child.kill('SIGTERM')
  }
  for (const signal of forwarded) process.once(signal, stop)
  let output = ''
  child.stdout?.on('data', (chunk) => {
    output += chunk
  })
  child.stderr?.on('data', (chunk) => {
    output += chunk
  })
  try {
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (exitCode, signal) => resolve(exitCode ?? (signal ? 1 : 0)))
    })
    if (stopped) throw new Explained('Stopped before the command finished.')
    return { code, output }
  } finally {
    for (const signal of forwarded) process.off(signal, stop)
  }
}
