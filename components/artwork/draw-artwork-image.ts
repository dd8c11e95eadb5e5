import { artworkColours, figureSize, motifPaths } from '#lib/artwork/motif-paths.ts'
import { type ArtworkSubject, planArtwork } from '#lib/artwork/plan-artwork.ts'

/**
 * Draws the same artwork as a PNG data URL of `sizePx` in both directions, for lock screens; null without a canvas. The
 * image is encoded while the page stays responsive.
 */
export async function drawArtworkImage({
  sizePx,
  ...subject
}: ArtworkSubject & { sizePx: number }): Promise<string | null> {
  const canvas = document.createElement('canvas')
  canvas.width = sizePx
  canvas.height = sizePx
  // Otherwise browsers draw on the graphics card, and the page waits until the image has been read back.
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return null
  const plan = planArtwork(subject)
  const colours = artworkColours(plan)
  const serif = getComputedStyle(document.documentElement).getPropertyValue('--font-serif') || 'serif'
  const size = figureSize(plan.figure)
  context.scale(sizePx / 100, sizePx / 100)
  context.fillStyle = colours.ground
  context.fillRect(0, 0, 100, 100)
  context.strokeStyle = colours.lines
  context.lineWidth = 0.9
  context.stroke(new Path2D(motifPaths(plan).join('')))
  if (plan.label) {
    context.fillStyle = colours.label
    context.font = `italic 9.5px ${serif}`
    context.fillText(plan.label, 9, 17)
  }
  context.fillStyle = colours.letters
  context.font = `500 ${size}px ${serif}`
  context.fillText(plan.figure, 8, (plan.label ? 22 : 12) + size * 0.72)
  return encodePng(canvas)
}

function encodePng(canvas: HTMLCanvasElement): Promise<string | null> {
  return new Promise((resolve) => {
    canvas.toBlob((image) => {
      if (!image) {
        resolve(null)
        return
      }
      const reader = new FileReader()
      reader.addEventListener('load', () => resolve(String(reader.result)))
      reader.addEventListener('error', () => resolve(null))
      reader.readAsDataURL(image)
    }, 'image/png')
  })
}
