import { createServices, type Services } from '#lib/create-services.ts'
import { env } from '#lib/env.ts'

const holder = globalThis as typeof globalThis & { selahServices?: Services }

/** The services of this process; kept across hot reloads so that connections are not leaked. */
export function services(): Services {
  holder.selahServices ??= createServices(env())
  return holder.selahServices
}
