import sharp from 'sharp'
import { hexColour } from '#lib/artwork/hex-colour.ts'
import { artworkColours, figureSize, motifPaths } from '#lib/artwork/motif-paths.ts'
import { type ArtworkSubject, planArtwork } from '#lib/artwork/plan-artwork.ts'
import { fitLines, type SetLine, setLines } from '#lib/artwork/set-lines.ts'
import { outlineText } from '#lib/artwork/text-outline.ts'

const MARGIN = 9
const LINE_HEIGHT = 1.12
const MAX_LINES = 5
/** Sizes that a name is tried in, in hundredths of the side. */
const nameSizes = [21, 18, 15.5, 13.5, 11.5, 10, 8.5, 7.2, 6]

/** What a cover shows: a name in full, or the letters of the artwork of a sermon. */
export type CoverSubject = { kind: 'name'; name: string } | { kind: 'sermon'; sermon: ArtworkSubject }

/**
 * A square cover as a JPEG of `sizePx`, in sRGB without transparency, as podcast apps ask for. It is the same for the
 * same subject on every machine.
 */
export async function drawCover(subject: CoverSubject, sizePx: number): Promise<Uint8Array<ArrayBuffer>> {
  const image = await sharp(Buffer.from(coverSvg(subject, sizePx)))
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality: 82 })
    .toBuffer()
  return new Uint8Array(image)
}

function coverSvg(subject: CoverSubject, sizePx: number): string {
  const plan = planArtwork(
    subject.kind === 'sermon' ? subject.sermon : { title: subject.name, reference: '', family: subject.name },
  )
  const colours = artworkColours(plan)
  const fill = hexColour(colours.letters)
  const texts =
    subject.kind === 'name'
      ? drawName(subject.name, fill)
      : [
          ...(plan.label
            ? drawLine(plan.label, { x: MARGIN, y: 17, size: 9.5, fill: hexColour(colours.label) })
            : []),
          ...drawLine(plan.figure, {
            x: MARGIN - 1,
            y: (plan.label ? 22 : 12) + figureSize(plan.figure) * 0.72,
            size: figureSize(plan.figure),
            fill,
          }),
        ]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="${sizePx}" height="${sizePx}">`,
    `<rect width="100" height="100" fill="${hexColour(colours.ground)}"/>`,
    `<path d="${motifPaths(plan).join('')}" fill="none" stroke="${hexColour(colours.lines)}" stroke-width="0.9"/>`,
    ...texts,
    '</svg>',
  ].join('')
}

function drawLine(
  text: string,
  { x, y, size, fill }: { x: number; y: number; size: number; fill: string },
): string[] {
  const outline = outlineText(text)
  if (!outline) return []
  // A long label is narrowed, so that it stays on the cover.
  const fitted = Math.min(size, (100 - 2 * x) / outline.widthEm)
  return [`<g transform="translate(${x} ${y}) scale(${fitted} ${-fitted})" fill="${fill}">${outline.svg}</g>`]
}

/** A name over several lines, as large as it fits. */
function drawName(name: string, fill: string): string[] {
  const words = name.split(/\s+/).filter(Boolean)
  const width = 100 - 2 * MARGIN
  const smallest = nameSizes.at(-1) ?? 1
  const chosen =
    fitLines(words, { width, height: 66, lineHeight: LINE_HEIGHT, maxLines: MAX_LINES }, nameSizes) ??
    withSize(setLines(words, width / smallest), smallest)
  if (!chosen) return drawLine(name, { x: MARGIN, y: 30, size: 12, fill })
  const { size, lines } = chosen
  return lines.slice(0, MAX_LINES).flatMap((line, index) =>
    drawLine(line.words.map(({ text }) => text).join(' '), {
      x: MARGIN,
      y: MARGIN + size * (0.8 + index * LINE_HEIGHT),
      size,
      fill,
    }),
  )
}

const withSize = (lines: SetLine[] | null, size: number) => lines && { size, lines }
