/** A size in decimal units: `820 KB`, `44.9 MB`, `1.2 GB`. */
export function formatBytes(sizeBytes: number): string {
  if (sizeBytes < 1000) return `${sizeBytes} bytes`
  const units = ['KB', 'MB', 'GB', 'TB']
  let value = sizeBytes / 1000
  let index = 0
  while (value >= 999.5 && index < units.length - 1) {
    value /= 1000
    index += 1
  }
  return `${value < 100 && index > 0 ? value.toFixed(1) : Math.round(value)} ${units[index]}`
}
