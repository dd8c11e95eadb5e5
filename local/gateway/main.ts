import { createFrontDoor } from './create-front-door.ts'
import { readGatewaySettings } from './settings.ts'
import { startSupabase } from './start-supabase.ts'

async function main(): Promise<void> {
  const settings = readGatewaySettings(process.env)
  const supabase = settings.supabase ? await startSupabase(settings.supabase) : undefined
  const frontDoor = createFrontDoor({
    webPort: settings.webPort,
    trustProxy: settings.trustProxy,
    services: supabase?.services ?? [],
  })

  let closing = false
  const close = async () => {
    if (closing) return
    closing = true
    const deadline = setTimeout(() => process.exit(0), 4_500)
    deadline.unref()
    await frontDoor.close()
    await supabase?.close()
    process.exit(0)
  }
  process.on('SIGTERM', close)
  process.on('SIGINT', close)
  if (process.send) process.on('disconnect', close)

  await new Promise<void>((resolve, reject) => {
    frontDoor.server.once('error', reject)
    frontDoor.server.listen(settings.port, settings.host, resolve)
  })
  const address = frontDoor.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : settings.port
  console.log(`The front door is open on ${settings.host}:${port}.`)
  process.send?.({ type: 'ready', port })
}

main().catch((error: unknown) => {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  console.error(
    taken
      ? `Port ${process.env.PORT ?? '3000'} is taken by another program. Stop it, or choose another port with PORT.`
      : error instanceof Error
        ? error.message
        : error,
  )
  process.exit(1)
})
