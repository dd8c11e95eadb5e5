import { expect, test } from 'vitest'
import { hexColour } from './hex-colour.ts'

// The values that browsers compute for the same colours.
test.each([
  ['oklch(1 0 0)', '#ffffff'],
  ['oklch(0 0 0)', '#000000'],
  ['oklch(0.628 0.2577 29.23)', '#ff0000'],
  ['oklch(0.452 0.3132 264.05)', '#0000ff'],
])('%s is %s', (oklch, hex) => {
  const channels = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  const [wanted, made] = [channels(hex), channels(hexColour(oklch))]
  for (const [index, value] of wanted.entries()) expect(Math.abs(value - (made[index] ?? -9))).toBeLessThan(3)
})
