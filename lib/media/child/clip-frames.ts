import sharp from 'sharp'
import type { ClipPage, ClipPicture, PixelBox } from '../clip-picture.ts'

const BYTES_PER_PIXEL = 3
/** Words that have not been spoken yet. */
const WAITING_OPACITY = 0.42
const BAR_TRACK_OPACITY = 0.3
/** The bar grows in steps, so that a picture is drawn a few times a second and not for every frame. */
const BAR_STEP_PX = 6

type Page = ClipPage & { waiting: Buffer; spoken: Buffer; current: Buffer }

/**
 * Draws the picture of a clip at a moment, as packed RGB in a buffer that the next call overwrites; null while it is the
 * same as at the moment before.
 */
export type ClipFrames = { at: (ms: number, playedShare: number) => Promise<Buffer | null> }

// One thread and no cache: the process has a limit of memory, and no picture is drawn twice.
sharp.concurrency(1)
sharp.cache(false)

/**
 * Prepares the pictures of a clip. Each page is drawn three times, with its words waiting, spoken and current; a picture
 * takes the rectangle of each word from one of them. One page is in memory at a time.
 */
export async function openClipFrames(picture: ClipPicture): Promise<ClipFrames> {
  const { width, height, pages, bar, colours } = picture
  const background = await sharp(Buffer.from(picture.background)).flatten().removeAlpha().raw().toBuffer()
  const raw = { width, height, channels: BYTES_PER_PIXEL } as const
  const drawOver = (parts: string) =>
    sharp(background, { raw })
      .composite([
        { input: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${sizeOf(raw)}>${parts}</svg>`) },
      ])
      .removeAlpha()
      .raw()
      .toBuffer()
  // One buffer for all pictures: the caller has copied it before it requests the next one.
  const frame = Buffer.alloc(background.length)
  let drawn: Page | null = null
  let lastKey = ''

  async function drawPage(page: ClipPage): Promise<Page> {
    const outlines = page.words.map(({ svg }) => svg).join('')
    const grounds = page.words
      .map(({ box }) => `<rect ${sizeOf(box)} x="${box.x}" y="${box.y}" rx="${Math.round(box.height / 5)}"/>`)
      .join('')
    const [waiting, spoken, current] = await Promise.all([
      drawOver(`<g fill="${colours.spoken}" opacity="${WAITING_OPACITY}">${outlines}</g>`),
      drawOver(`<g fill="${colours.spoken}">${outlines}</g>`),
      drawOver(
        `<g fill="${colours.currentGround}">${grounds}</g><g fill="${colours.current}">${outlines}</g>`,
      ),
    ])
    return { ...page, waiting, spoken, current }
  }

  return {
    async at(ms, playedShare) {
      const page = pages.findLast(({ startMs }) => startMs <= ms) ?? pages[0]
      if (!page) return null
      const spoken = picture.marksWords
        ? page.words.findLastIndex(({ startMs }) => startMs <= ms)
        : page.words.length
      const barPx = Math.round((bar.width * playedShare) / BAR_STEP_PX) * BAR_STEP_PX
      const key = `${page.startMs} ${spoken} ${barPx}`
      if (key === lastKey) return null
      lastKey = key
      if (drawn?.startMs !== page.startMs) drawn = await drawPage(page)
      frame.set(spoken >= page.words.length ? drawn.spoken : drawn.waiting)
      for (const [index, { box }] of drawn.words.entries()) {
        if (spoken >= page.words.length || index > spoken) break
        copyBox(index === spoken ? drawn.current : drawn.spoken, frame, box, width)
      }
      mixBox(frame, { ...bar, opacity: BAR_TRACK_OPACITY, colour: colours.spoken }, width)
      mixBox(frame, { ...bar, width: Math.min(barPx, bar.width), opacity: 1, colour: colours.spoken }, width)
      return frame
    },
  }
}

const sizeOf = ({ width, height }: { width: number; height: number }) => `width="${width}" height="${height}"`

function copyBox(from: Buffer, to: Buffer, { x, y, width, height }: PixelBox, rowPx: number): void {
  for (let row = y; row < y + height; row += 1) {
    const start = (row * rowPx + x) * BYTES_PER_PIXEL
    from.copy(to, start, start, start + width * BYTES_PER_PIXEL)
  }
}

function mixBox(
  frame: Buffer,
  { x, y, width, height, opacity, colour }: PixelBox & { opacity: number; colour: string },
  rowPx: number,
): void {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  for (let row = y; row < y + height; row += 1) {
    for (let column = x; column < x + width; column += 1) {
      const at = (row * rowPx + column) * BYTES_PER_PIXEL
      for (const [channel, value] of channels.entries()) {
        const below = frame[at + channel] ?? 0
        frame[at + channel] = Math.round(below + (value - below) * opacity)
      }
    }
  }
}
