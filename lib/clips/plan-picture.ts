import { hexColour } from '#lib/artwork/hex-colour.ts'
import { artworkColours, motifPaths } from '#lib/artwork/motif-paths.ts'
import { type ArtworkSubject, planArtwork } from '#lib/artwork/plan-artwork.ts'
import { type SetLine, setLines } from '#lib/artwork/set-lines.ts'
import { drawNote, drawText } from '#lib/artwork/svg-text.ts'
import { outlineText } from '#lib/artwork/text-outline.ts'
import type { ClipShape } from '#lib/db/schema.ts'
import type { ClipPage, ClipPicture } from '#lib/media/clip-picture.ts'

export type VideoShape = Exclude<ClipShape, 'audio'>

export type ClipWords = {
  words: readonly { text: string; startMs: number }[]
  /** Positions of the words that begin a sentence. */
  sentenceStarts: readonly number[]
  /** Words without their own times are not marked one by one. */
  hasWordTimes: boolean
  title: string
  byline: string
  draftNote: string | null
  artwork: ArtworkSubject
}

type Frame = {
  width: number
  height: number
  margin: number
  captionTop: number
  captionHeight: number
  sizePx: number
  lines: number
  footTop: number
}

/**
 * Where things are in each shape, in pixels. The middle of a portrait video is free of what apps show over its top,
 * right and bottom.
 */
const frames: Record<VideoShape, Frame> = {
  square: {
    ...{ width: 1080, height: 1080, margin: 90, sizePx: 74, lines: 6 },
    ...{ captionTop: 200, captionHeight: 600, footTop: 868 },
  },
  portrait: {
    ...{ width: 1080, height: 1920, margin: 100, sizePx: 82, lines: 8 },
    ...{ captionTop: 430, captionHeight: 860, footTop: 1350 },
  },
  landscape: {
    ...{ width: 1920, height: 1080, margin: 140, sizePx: 80, lines: 5 },
    ...{ captionTop: 210, captionHeight: 540, footTop: 840 },
  },
}
const LINE_HEIGHT = 1.36
/** A page is shown a little before its first word, so that the eye is there when it is spoken. */
const PAGE_LEAD_MS = 120
const TITLE_PX = 42
const BYLINE_PX = 30
const BAR_PX = 8

/** Lays out everything that is seen in a video of these words. Always the same for the same words. */
export function planPicture(clip: ClipWords, shape: VideoShape): ClipPicture {
  const frame = frames[shape]
  const colours = artworkColours(planArtwork(clip.artwork))
  const pages = breakPages(clip, frame)
    .map((lines, index) => placePage(lines, clip, frame, index))
    // A line of symbols that the font does not have shows nothing.
    .filter(({ words }) => words.length > 0)
  return {
    width: frame.width,
    height: frame.height,
    background: drawBackground(clip, frame),
    pages,
    colours: {
      spoken: hexColour(colours.letters),
      current: hexColour(colours.ground),
      currentGround: hexColour(colours.label),
    },
    marksWords: clip.hasWordTimes,
    bar: {
      x: frame.margin,
      y: frame.footTop + 160,
      width: frame.width - 2 * frame.margin,
      height: BAR_PX,
    },
  }
}

/** Lines of words in pages: as many sentences as fit; one that is longer than a page continues on the next. */
function breakPages({ words, sentenceStarts }: ClipWords, frame: Frame): SetLine[][] {
  const widthEm = (frame.width - 2 * frame.margin) / frame.sizePx
  const pages: SetLine[][] = []
  let current: number[] = []
  const set = (indexes: readonly number[]) =>
    wrap(
      indexes.map((index) => ({ index, text: words[index]?.text ?? '' })),
      widthEm,
    )
  const close = () => {
    const lines = set(current)
    for (let start = 0; start < lines.length; start += frame.lines) {
      pages.push(lines.slice(start, start + frame.lines))
    }
    current = []
  }
  const starts = [...new Set([0, ...sentenceStarts])].sort((a, b) => a - b)
  for (const [at, first] of starts.entries()) {
    const next = starts[at + 1] ?? words.length
    const sentence = Array.from({ length: next - first }, (_, offset) => first + offset)
    if (current.length > 0 && set([...current, ...sentence]).length > frame.lines) close()
    current.push(...sentence)
  }
  close()
  return pages
}

/** A word that is longer than a line gets a line of its own, which is drawn narrower. */
function wrap(words: readonly { index: number; text: string }[], widthEm: number): SetLine[] {
  const texts = words.map(({ text }) => text)
  const renumber = (lines: SetLine[], from: number) =>
    lines.map((line) => ({
      ...line,
      words: line.words.map((word) => ({ ...word, index: words[word.index + from]?.index ?? 0 })),
    }))
  const whole = setLines(texts, widthEm)
  if (whole) return renumber(whole, 0)
  return texts.flatMap((text, at) =>
    renumber(setLines([text], widthEm) ?? [{ words: [{ text, index: 0, xEm: 0 }], widthEm }], at),
  )
}

function placePage(lines: readonly SetLine[], clip: ClipWords, frame: Frame, page: number): ClipPage {
  const { sizePx, margin } = frame
  const linePx = sizePx * LINE_HEIGHT
  const top = frame.captionTop + (frame.captionHeight - lines.length * linePx) / 2
  const placed = lines.flatMap((line, row) =>
    line.words.flatMap((word) => {
      const outline = outlineText(word.text)
      if (!outline) return []
      const size = Math.min(sizePx, (frame.width - 2 * margin) / outline.widthEm)
      const x = margin + word.xEm * sizePx
      const baseline = top + linePx * row + sizePx * 0.95
      // Half of a space on both sides, so that the marks of two words never overlap.
      const pad = sizePx * 0.1
      return {
        startMs: clip.words[word.index]?.startMs ?? 0,
        box: {
          x: Math.floor(x - pad),
          y: Math.floor(baseline - sizePx * 0.9),
          width: Math.ceil(outline.widthEm * size + 2 * pad),
          height: Math.ceil(sizePx * 1.22),
        },
        svg: `<g transform="translate(${x.toFixed(2)} ${baseline.toFixed(2)}) scale(${size} ${-size})">${outline.svg}</g>`,
      }
    }),
  )
  const firstMs = placed[0]?.startMs ?? 0
  return { startMs: page === 0 ? 0 : Math.max(0, firstMs - PAGE_LEAD_MS), words: placed }
}

function drawBackground(clip: ClipWords, { width, height, margin, footTop, captionTop }: Frame): string {
  const plan = planArtwork(clip.artwork)
  const colours = artworkColours(plan)
  const [letters, label] = [hexColour(colours.letters), hexColour(colours.label)]
  const scale = Math.max(width, height) / 100
  const inner = width - 2 * margin
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<rect width="${width}" height="${height}" fill="${hexColour(colours.ground)}"/>`,
    `<g transform="translate(0 ${height - 100 * scale}) scale(${scale})" opacity="0.28">`,
    `<path d="${motifPaths(plan).join('')}" fill="none" stroke="${hexColour(colours.lines)}" stroke-width="0.6"/></g>`,
    ...drawText('“', { x: margin - 8, y: captionTop - 20, size: 200, fill: label, width: 300 }),
    ...(clip.draftNote
      ? drawNote(clip.draftNote, { right: width - margin, y: captionTop - 120, size: 26, colour: label })
      : []),
    ...drawText(clip.title, {
      ...{ x: margin, y: footTop + TITLE_PX, size: TITLE_PX, fill: letters, width: inner },
      ...{ leavesOutUnknown: true },
    }),
    ...drawText(clip.byline, {
      ...{ x: margin, y: footTop + TITLE_PX + 56, size: BYLINE_PX, fill: label, width: inner },
      ...{ face: 'sans', leavesOutUnknown: true },
    }),
    '</svg>',
  ].join('')
}
