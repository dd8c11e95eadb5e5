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

/** Splits the ladder over two processes by cost, which grows with the bit rate. Never empty groups. */
export function splitLadder(renditions: readonly Rendition[]): Rendition[][] {
  const groups: { cost: number; renditions: Rendition[] }[] = [
    { cost: 0, renditions: [] },
    { cost: 0, renditions: [] },
  ]
  for (const rendition of renditions.toSorted((a, b) => b.bitrateBps - a.bitrateBps)) {
    const [lighter] = groups.toSorted((a, b) => a.cost - b.cost)
    lighter?.renditions.push(rendition)
    if (lighter) lighter.cost += rendition.bitrateBps
  }
  return groups.map((group) => group.renditions).filter((group) => group.length > 0)
}
