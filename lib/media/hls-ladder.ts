export type Rendition = { name: string; bitrateBps: number; channels: 1 | 2 }

/** The rendition that is listed first, and that the download is made from. */
export const DEFAULT_RENDITION = '96k'

/**
 * The renditions for a source: a stereo source gets 48k mono, 96k and 128k stereo; a mono source 48k and 96k mono,
 * because a second channel with the same audio only costs bytes.
 */
export function chooseLadder(source: { channels: number }): Rendition[] {
  if (source.channels === 1) {
    return [
      { name: '48k', bitrateBps: 48_000, channels: 1 },
      { name: '96k', bitrateBps: 96_000, channels: 1 },
    ]
  }
  return [
    { name: '48k', bitrateBps: 48_000, channels: 1 },
    { name: '96k', bitrateBps: 96_000, channels: 2 },
    { name: '128k', bitrateBps: 128_000, channels: 2 },
  ]
}

/** The podcast file of a source: for programs that cannot play AAC, so with bits to spare. */
export function choosePodcast(source: { channels: number }): { bitrateBps: number; channels: 1 | 2 } {
  return source.channels === 1 ? { bitrateBps: 80_000, channels: 1 } : { bitrateBps: 128_000, channels: 2 }
}

/** The sample rate of everything made of a source: a recording of low rate has nothing that a higher one could keep. */
export function chooseSampleRateHz(source: { sampleRateHz: number }): number {
  return source.sampleRateHz <= 24_000 ? 24_000 : 44_100
}
