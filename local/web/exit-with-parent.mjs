/** Loaded into the web server before it starts, so that it exits when its parent process ends. */
const exitWithinMs = 4_000

process.on('disconnect', () => {
  setTimeout(() => process.exit(0), exitWithinMs).unref()
  process.kill(process.pid, 'SIGTERM')
})
// The channel must not keep a finished process alive, except in the worker of `next dev`: it inherits this file,
// and the channel is the only thing that keeps it alive while it waits for work.
if (!process.env.NEXT_PRIVATE_WORKER) process.channel?.unref()
