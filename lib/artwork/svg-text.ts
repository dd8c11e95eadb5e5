import { type Face, lacksLetters, measureText, outlineText } from '#lib/artwork/text-outline.ts'

/** A line of text, narrowed where it is longer than `width`. With `leavesOutUnknown`, nothing rather than a part. */
export function drawText(
  text: string,
  line: {
    x: number
    y: number
    size: number
    fill: string
    width: number
    face?: Face
    leavesOutUnknown?: boolean
  },
): string[] {
  const { x, y, size, fill, width, face = 'serif' } = line
  if (line.leavesOutUnknown && lacksLetters(text, face)) return []
  const outline = outlineText(text, face)
  if (!outline) return []
  const fittedSize = Math.min(size, width / outline.widthEm)
  return [
    `<g transform="translate(${x} ${y}) scale(${fittedSize} ${-fittedSize})" fill="${fill}">${outline.svg}</g>`,
  ]
}

/** A note in a frame with round ends, its right end at `right`. */
export function drawNote(
  text: string,
  { right, y, size, colour }: { right: number; y: number; size: number; colour: string },
): string[] {
  const textWidth = measureText(text, 'sans') * size
  const [width, height] = [textWidth + 1.6 * size, 2.2 * size]
  return [
    `<rect x="${right - width}" y="${y}" width="${width}" height="${height}" rx="${height / 2}" fill="none" stroke="${colour}" stroke-width="${size * 0.12}"/>`,
    ...drawText(text, {
      ...{ x: right - width + 0.8 * size, y: y + 1.46 * size, size, fill: colour },
      ...{ width: textWidth * 1.01, face: 'sans' },
    }),
  ]
}
