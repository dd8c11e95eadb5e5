/**
 * Shows one long step on stderr, so that stdout contains only the output of a command. A terminal gets one
 * line that counts the seconds; a log file gets one line at the start and one at the end.
 *
 * @template T
 * @param {string} label such as "Installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function showProgress(label, work) {
  const { stderr } = process
  const startedMs = Date.now()
  const seconds = () => `${((Date.now() - startedMs) / 1000).toFixed(1)} s`
  const redraw = () => stderr.write(`\r\x1b[2K${label} … ${seconds()}`)
  let timer

  if (stderr.isTTY) {
    redraw()
    timer = setInterval(redraw, 200)
  } else {
    stderr.write(`${label} …\n`)
  }

  let outcome = 'stopped after'
  try {
    const result = await work()
    outcome = 'done in'
    return result
  } finally {
    clearInterval(timer)
    stderr.write(`${stderr.isTTY ? '\r\x1b[2K' : ''}${label}: ${outcome} ${seconds()}\n`)
  }
}
