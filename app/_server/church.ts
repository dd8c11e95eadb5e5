import { cache } from 'react'
import { services } from '#app/_server/services.ts'
import { type PublicChurch, readPublicChurch } from '#lib/churches/church-profile.ts'

/** The church of this installation, read once for each request; null before it is set up. */
export const currentChurch: () => Promise<PublicChurch | null> = cache(() => readPublicChurch(services()))
