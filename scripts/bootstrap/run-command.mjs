/**
 * Runs a command and ends with the exit code it answers; a failure that explains itself is shown without a stack.
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
