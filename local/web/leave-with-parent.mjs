/** Loaded into the web server before it starts: when the process that started it dies, it leaves as well. */
const patienceMs = 4_000

process.on('disconnect', () => {
  setTimeout(() => process.exit(0), patienceMs).unref()
  process.kill(process.pid, 'SIGTERM')
})
// Only the parent's death matters: the channel itself must not keep a finished process alive. Except in the
// worker of `next dev`, which inherits this file and has nothing but its channel while it waits for its orders.
if (!process.env.NEXT_PRIVATE_WORKER) process.channel?.unref()
