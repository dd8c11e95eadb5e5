import sharp from 'sharp'
import { hexColour } from '#lib/artwork/hex-colour.ts'
import { artworkColours, motifPaths } from '#lib/artwork/motif-paths.ts'
import { type ArtworkSubject, planArtwork } from '#lib/artwork/plan-artwork.ts'
import { fitLines } from '#lib/artwork/set-lines.ts'
import { drawNote, drawText } from '#lib/artwork/svg-text.ts'
import { lacksLetters } from '#lib/artwork/text-outline.ts'

/** `square` for feeds and stories, `wide` for link previews. */
export const cardShapes = {
  square: { width: 1200, height: 1200 },
  wide: { width: 1200, height: 630 },
} as const
export type CardShape = keyof typeof cardShapes

export type QuoteCard = {
  quote: string
  /** Left out where it is empty. */
  title: string
  /** Speaker and church, as they are shown. */
  byline: string
  /** Says that no person has reviewed the words; null when one has. */
  draftNote: string | null
  artwork: ArtworkSubject
}

/** Lengths on a card are in hundredths of its height. */
const MARGIN = 8
const QUOTE_LINE_HEIGHT = 1.3
/** Where the quote begins, how high the foot is, and how much larger its letters are on a card that is low. */
const frames: Record<CardShape, { quoteTop: number; footHeight: number; scale: number }> = {
  square: { quoteTop: 23, footHeight: 19, scale: 1 },
  wide: { quoteTop: 21, footHeight: 22, scale: 1.35 },
}
/** Sizes that a quote is tried in. At the smallest, a letter is still readable on a phone. */
const quoteSizes = [12.5, 11, 9.6, 8.6, 7.6, 6.8, 6.1, 5.5, 5, 4.5, 4.1, 3.7, 3.4]

/**
 * A quote with its sermon as a PNG, in the colours of the sermon's artwork. The same for the same words on every
 * machine: all letters are outlines of our own fonts. Null where the words do not fit, even in the smallest size.
 */
export async function drawQuoteCard(
  card: QuoteCard,
  shape: CardShape,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const svg = quoteCardSvg(card, shape)
  if (svg === null) return null
  // A palette: there are a few colours and their mixtures, and previews must load quickly.
  return new Uint8Array(await sharp(Buffer.from(svg)).png({ palette: true, colours: 128 }).toBuffer())
}

/** Whether the quote cannot be drawn, because our fonts have no letters for its script. */
export function lacksCardLetters(quote: string): boolean {
  return lacksLetters(quote)
}

function quoteCardSvg(card: QuoteCard, shape: CardShape): string | null {
  const { width: widthPx, height: heightPx } = cardShapes[shape]
  const width = (widthPx / heightPx) * 100
  const plan = planArtwork(card.artwork)
  const colours = artworkColours(plan)
  const [letters, label] = [hexColour(colours.letters), hexColour(colours.label)]
  const { quoteTop, footHeight, scale } = frames[shape]
  const box = {
    width: width - 2 * MARGIN,
    height: 100 - quoteTop - footHeight - 3,
    lineHeight: QUOTE_LINE_HEIGHT,
  }
  const fitted = fitLines(card.quote.split(/\s+/).filter(Boolean), box, quoteSizes)
  if (!fitted) return null
  const { size, lines } = fitted
  // In the middle of its space, so that a short quote does not hang at the top.
  const top = quoteTop + (box.height - lines.length * size * QUOTE_LINE_HEIGHT) / 2
  const quote = lines.flatMap((line, index) =>
    drawText(line.words.map(({ text }) => text).join(' '), {
      x: MARGIN,
      y: top + size * (0.95 + index * QUOTE_LINE_HEIGHT),
      size,
      fill: letters,
      width: box.width,
    }),
  )
  const footTop = 100 - footHeight
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 100" width="${widthPx}" height="${heightPx}">`,
    `<rect width="${width}" height="100" fill="${hexColour(colours.ground)}"/>`,
    // The lines of the artwork, faint, so that they do not run through the words.
    `<g transform="scale(${width / 100} ${Math.max(1, width / 100)}) translate(0 ${width > 100 ? -48 : 0})" opacity="0.28">`,
    `<path d="${motifPaths(plan).join('')}" fill="none" stroke="${hexColour(colours.lines)}" stroke-width="0.6"/></g>`,
    ...drawText('“', { x: MARGIN - 1, y: MARGIN + 18, size: 26, fill: label, width: 40 }),
    ...(card.draftNote
      ? drawNote(card.draftNote, { right: width - MARGIN, y: MARGIN, size: 2.5 * scale, colour: label })
      : []),
    ...quote,
    `<rect x="${MARGIN}" y="${footTop}" width="7" height="0.5" fill="${label}"/>`,
    ...drawText(card.title, {
      ...{ x: MARGIN, y: footTop + 6.2 * scale, size: 4 * scale, fill: letters, width: box.width },
      ...{ leavesOutUnknown: true },
    }),
    ...drawText(card.byline, {
      ...{
        x: MARGIN,
        y: footTop + 11 * scale,
        size: 2.9 * scale,
        fill: label,
        width: box.width,
        face: 'sans',
      },
      ...{ leavesOutUnknown: true },
    }),
    '</svg>',
  ].join('')
}
