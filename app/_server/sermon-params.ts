import { z } from 'zod'

/** The `[id]` of routes about one sermon. Anything but a UUID cannot exist. */
export const sermonParams = z.object({ id: z.uuid() })
