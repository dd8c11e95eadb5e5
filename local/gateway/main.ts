import { ZodError, z } from 'zod'
import { readSupabaseSettings } from '../supabase/read-supabase-settings.ts'
import { startSupabase } from '../supabase/start-supabase.ts'
import { createGateway } from './create-gateway.ts'
import { readGatewaySettings } from './read-gateway-settings.ts'

async function main(): Promise<void> {
  const settings = readGatewaySettings(process.env)
  const supabaseSettings = readSupabaseSettings(process.env)
  const supabase = supabaseSettings ? await startSupabase(supabaseSettings) : undefined
  const gateway = createGateway({
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
    await gateway.close()
    await supabase?.close()
    process.exit(0)
  }
  process.on('SIGTERM', close)
  process.on('SIGINT', close)
  if (process.send) process.on('disconnect', close)

  await new Promise<void>((resolve, reject) => {
    gateway.server.once('error', reject)
    gateway.server.listen(settings.port, settings.host, resolve)
  })
  const address = gateway.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : settings.port
  console.log(`The gateway is listening on ${settings.host}:${port}.`)
  process.send?.({ type: 'ready', port })
}

function describeFailure(error: unknown): unknown {
  if (error instanceof ZodError) return `The gateway cannot start:\n${z.prettifyError(error)}`
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Port ${process.env.PORT ?? '3000'} is used by another program. Stop it, or choose another port with PORT.`
  }
  return error instanceof Error ? error.message : error
}

main().catch((error: unknown) => {
  console.error(describeFailure(error))
  process.exit(1)
})
