import { Engine } from './engine.ts'
import { lockDatabase } from './lock-database.ts'
import { Maintenance } from './maintenance.ts'
import { prepareDirectory } from './prepare-directory.ts'
import { readDatabaseSettings } from './read-database-settings.ts'
import { Gateway } from './server.ts'

const closingLimitMs = 4_500

async function main(): Promise<void> {
  const settings = readDatabaseSettings(process.env)
  const lock = await lockDatabase(settings.directory)
  process.on('exit', () => lock.release())

  const prepared = await prepareDirectory(settings.directory, { isDurable: settings.fsync })
  const engine = await Engine.open({ dataDirectory: prepared.dataDirectory, fsync: settings.fsync })
  await prepared.finish()
  engine.on('broken', (reason) => {
    console.error(`database: Postgres stopped working (${reason}); the process ends and is started again.`)
    process.exit(1)
  })

  const gateway = new Gateway(engine, settings)
  gateway.queue.on('stuck', (runningMs) => {
    console.error(
      `database: a statement has been running for ${Math.round(runningMs / 1_000)} s; the process ends and is started again.`,
    )
    process.exit(1)
  })
  const port = await gateway.listen()
  const maintenance = new Maintenance(gateway.queue)
  maintenance.start()

  let closing = false
  const close = (): void => {
    if (closing) return
    closing = true
    // Committed data is already in the log, so the next start loses nothing if closing takes too long.
    setTimeout(() => process.exit(1), closingLimitMs).unref()
    maintenance.stop()
    gateway
      .close()
      .then(() => prepared.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          console.error('database: could not close cleanly:', error)
          process.exit(1)
        },
      )
  }
  process.on('SIGTERM', close)
  process.on('SIGINT', close)
  process.on('disconnect', close)

  console.log(`database: ready on 127.0.0.1:${port}`)
  process.send?.({ type: 'ready', port })
}

main().catch((error: unknown) => {
  console.error(`database: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
})
