const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A size in decimal units, in the reader's language: `820 kB`, `44.9 MB`, `1.2 GB`. */
export function formatBytes(sizeBytes: number, language: string): string {
  let value = sizeBytes
  let index = 0
  while (value >= 999.5 && index < units.length - 1) {
    value /= 1000
    index += 1
  }
  const digits = value < 100 && index > 1 ? 1 : 0
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[index],
    unitDisplay: index === 0 ? 'long' : 'short',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value)
}
