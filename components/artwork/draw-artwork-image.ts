import { artworkColours, figureSize, motifPaths } from '#lib/artwork/motif-paths.ts'
import { type ArtworkSubject, planArtwork } from '#lib/artwork/plan-artwork.ts'

/** Draws the same artwork as a PNG data URL, for lock screens; null without a canvas. */
export function drawArtworkImage({ sizePx, ...subject }: ArtworkSubject & { sizePx: number }): string | null {
  const canvas = document.createElement('canvas')
  canvas.width = sizePx
  canvas.height = sizePx
  const context = canvas.getContext('2d')
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
  return canvas.toDataURL('image/png')
}
