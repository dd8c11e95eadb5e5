/** The bars of the waveform as one path in a box of `peaks.length` by 100, mirrored at its middle. */
export function wavePath(peaks: readonly number[]): string {
  return peaks
    .map((peak, index) => {
      const half = Math.max(2, (peak / 255) * 50)
      return `M${index + 0.2} ${(50 - half).toFixed(1)}h.6v${(half * 2).toFixed(1)}h-.6z`
    })
    .join('')
}
