import { createServices, type Services } from '#lib/create-services.ts'
import { env } from '#lib/env.ts'

declare global {
  var selahServices: Services | undefined
}

/** The services of this process; kept across hot reloads so that connections are not leaked. */
export function services(): Services {
  globalThis.selahServices ??= createServices(env())
  return globalThis.selahServices
}
