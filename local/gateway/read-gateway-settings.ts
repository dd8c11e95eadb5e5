import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)

const schema = z.object({
  PORT: port.default(3000),
  SELAH_HOST: z.string().default('0.0.0.0'),
  SELAH_WEB_PORT: port,
  /** Trust X-Forwarded-* of every client: only behind a reverse proxy that sets them. */
  SELAH_TRUST_PROXY: z
    .string()
    .optional()
    .transform((value) => value !== undefined && ['1', 'on', 'true', 'yes'].includes(value.toLowerCase())),
})

export interface GatewaySettings {
  host: string
  port: number
  webPort: number
  trustProxy: boolean
}

/** Reads the settings of the gateway. Throws a ZodError that names every wrong variable. */
export function readGatewaySettings(environment: Record<string, string | undefined>): GatewaySettings {
  const settings = schema.parse(environment)
  return {
    host: settings.SELAH_HOST,
    port: settings.PORT,
    webPort: settings.SELAH_WEB_PORT,
    trustProxy: settings.SELAH_TRUST_PROXY,
  }
}
