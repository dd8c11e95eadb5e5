import { readSettings } from './read-engine-settings.ts'
import { startEngine } from './start-engine.ts'

const log = (line: string) => console.log(line)

process.title = 'selah-trigger'

try {
  const engine = await startEngine(readSettings(process.env), log)
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    // The supervisor allows five seconds; the next start recovers the runs that have not ended by then.
    setTimeout(() => process.exit(0), 4_500).unref()
    engine.stop().then(
      () => process.exit(0),
      (error) => {
        console.error(error)
        process.exit(0)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  if (process.send) process.on('disconnect', stop)
  log(`Jobs: ${engine.apiUrl}`)
  process.send?.({ type: 'ready', apiUrl: engine.apiUrl })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
