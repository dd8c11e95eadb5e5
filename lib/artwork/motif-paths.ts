import type { ArtworkPlan } from './plan-artwork.ts'

/** The lines behind the letters, as SVG path data on a square of 100; for SVG and canvas alike. */
export function motifPaths({ motif, seed }: ArtworkPlan): string[] {
  if (motif === 'arch') {
    return [0, 1, 2, 3, 4].map((step) => {
      const inset = 12 + step * 7
      const radius = 50 - inset
      const top = 46 + seed * 8 + step * 7
      return `M${inset} 100V${top + radius}A${radius} ${radius} 0 0 1 ${100 - inset} ${top + radius}V100`
    })
  }
  if (motif === 'rings') {
    const x = 22 + seed * 56
    return [1, 2, 3, 4, 5, 6, 7].map((step) => {
      const radius = step * 8.5
      return `M${x - radius} 100A${radius} ${radius} 0 0 1 ${x + radius} 100`
    })
  }
  if (motif === 'rules') {
    return Array.from({ length: 13 }, (_, step) => {
      const height =
        10 +
        42 * Math.abs(Math.sin(step * 0.9 + seed * 6.28)) * (0.45 + 0.55 * Math.sin((step / 12) * Math.PI))
      const x = 8 + step * 7
      return `M${x} 100V${(100 - height).toFixed(2)}`
    })
  }
  return Array.from({ length: 6 }, (_, step) => {
    const base = 66 + step * 6.4
    const lift = 13 - step * 1.7
    const shift = (seed * 40 + step * 17) % 60
    return `M-4 ${base}C${18 + shift * 0.4} ${base - lift} ${34 + shift * 0.5} ${base + lift * 0.6} ${58 + shift * 0.2} ${base - lift * 0.35}S92 ${base - lift * 0.7} 104 ${base - 2}`
  })
}

/** The font size at which the letters fit, in hundredths of the side. */
export function figureSize(figure: string): number {
  const length = [...figure].length
  if (length <= 1) return 62
  if (length === 2) return 52
  if (length === 3) return 42
  if (length === 4) return 35
  return Math.max(18, 136 / length)
}

export function artworkColours({ hue, vividness, tone }: ArtworkPlan) {
  const colour = (lightness: number, chroma: number) =>
    `oklch(${lightness} ${Number((chroma * vividness).toFixed(4))} ${hue})`
  return tone === 'deep'
    ? {
        ground: colour(0.405, 0.074),
        lines: colour(0.56, 0.082),
        letters: 'oklch(0.97 0.018 88)',
        label: colour(0.89, 0.04),
      }
    : {
        ground: colour(0.875, 0.043),
        lines: colour(0.765, 0.062),
        letters: colour(0.3, 0.06),
        label: colour(0.4, 0.07),
      }
}
