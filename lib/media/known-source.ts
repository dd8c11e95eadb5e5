import type { KnownSource } from './child/choose-source.ts'
import type { MediaProbe } from './probe-media.ts'

/** The part of a probe that says which sound of the file is used. */
export type KnownProbe = Pick<MediaProbe, 'track' | 'repair'>

/** What the child need not find out again. */
export function knownSource({ track, repair }: KnownProbe): KnownSource {
  return { track: track.number, repair }
}
