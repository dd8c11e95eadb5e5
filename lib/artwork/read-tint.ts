import type { ArtworkTint } from './plan-artwork.ts'

/** The chroma from which a colour counts as fully colourful. */
const VIVID_CHROMA = 0.07

/** The tint of a colour written as `#rrggbb`; null for anything else, and so for a church without a colour. */
export function readTint(colour: string): ArtworkTint | null {
  const [, ...digits] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour) ?? []
  const [red, green, blue] = digits.map((pair) => toLinear(Number.parseInt(pair, 16) / 255))
  if (red === undefined || green === undefined || blue === undefined) return null
  // The matrices of the definition of OKLab.
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  const hue = Math.round((Math.atan2(b, a) * 180) / Math.PI + 360) % 360
  return { hue, vividness: Math.min(1, Number((Math.hypot(a, b) / VIVID_CHROMA).toFixed(2))) }
}

const toLinear = (encoded: number) =>
  encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4
