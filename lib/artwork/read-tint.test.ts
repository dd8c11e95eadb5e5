import { expect, test } from 'vitest'
import { hexColour } from './hex-colour.ts'
import { artworkColours } from './motif-paths.ts'
import { planArtwork } from './plan-artwork.ts'
import { readTint } from './read-tint.ts'

test.each([
  ['#1d3a5f', 255, 1],
  ['#FF0000', 29, 1],
  ['#00ff00', 142, 1],
  ['#808080', null, 0],
  ['#000000', null, 0],
  ['#ffffff', null, 0],
])('%s has the hue %s', (colour, hue, vividness) => {
  const tint = readTint(colour)
  if (hue !== null) expect(Math.abs((tint?.hue ?? Number.NaN) - hue)).toBeLessThan(4)
  expect(tint?.vividness).toBe(vividness)
})

test.each(['', '#12345', 'red', '#gggggg'])('"%s" is no colour', (colour) => {
  expect(readTint(colour)).toBeNull()
})

const luminance = (hex: string) => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test('letters can be read on the colour of every church', () => {
  for (let hue = 0; hue < 360; hue += 5) {
    for (const vividness of [0, 0.5, 1]) {
      const subject = { title: 'Grace', reference: '', family: '', tint: { hue, vividness } }
      const { ground, letters, label } = artworkColours(planArtwork(subject))
      for (const text of [letters, label]) {
        const [light, dark] = [luminance(hexColour(text)), luminance(hexColour(ground))]
        expect((light + 0.05) / (dark + 0.05), `${text} on ${ground}`).toBeGreaterThan(4.5)
      }
    }
  }
})
