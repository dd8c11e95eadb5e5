/**
 * Runs a command and sets the exit code that it returns; an explained failure is printed without a stack.
 *
 * @param {() => Promise<number>} work
 */
export async function runCommand(work) {
  try {
    process.exitCode = await work()
  } catch (error) {
    console.error(error?.explained ? error.message : error)
    process.exitCode = 1
  }
}
