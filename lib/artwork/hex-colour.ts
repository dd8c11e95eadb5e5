/**
 * A colour written as `oklch(lightness chroma hue)` as `#rrggbb` of sRGB, for programs that do not know OKLCH. What
 * sRGB cannot show is cut off. Throws an Error for anything else.
 */
export function hexColour(oklch: string): string {
  const [, ...numbers] = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/.exec(oklch) ?? []
  const [lightness, chroma, hue] = numbers.map(Number)
  if (lightness === undefined || chroma === undefined || hue === undefined) {
    throw new Error(`Not a colour in OKLCH: ${oklch}`)
  }
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  // The matrices of the definition of OKLab.
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  const byte = (value: number) => {
    const encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055
    return Math.round(Math.min(1, Math.max(0, encoded)) * 255)
  }
  return `#${linear.map((value) => byte(value).toString(16).padStart(2, '0')).join('')}`
}
