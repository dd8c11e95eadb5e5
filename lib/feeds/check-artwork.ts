import sharp from 'sharp'
import type { FeedFault } from '#lib/feeds/feed-fault.ts'
import { describeFailedFetch, type Fetch } from '#lib/feeds/feed-fetch.ts'

const MIN_PX = 1400
const MAX_PX = 3000
const MAX_BYTES = 5 * 1024 * 1024
const advice = 'Upload a JPEG of 3000 × 3000 pixels in the podcast settings, or use the generated cover.'

const fault = (code: string, message: string, severity: FeedFault['severity'] = 'error'): FeedFault => ({
  ...{ code, severity, message, advice },
})

/** Checks the cover of a feed against the rules of Apple: square, 1400 to 3000 pixels, JPEG or PNG, RGB. */
export async function checkArtwork({ fetch }: { fetch: Fetch }, url: string | null): Promise<FeedFault[]> {
  if (!url) return [fault('artwork.missing', 'The feed has no cover.')]
  let bytes: ArrayBuffer
  try {
    const response = await fetch(url)
    if (!response.ok)
      return [fault('artwork.unreachable', `The cover cannot be fetched: ${response.status}.`)]
    bytes = await response.arrayBuffer()
  } catch (error) {
    return [fault('artwork.unreachable', `The cover cannot be fetched. ${describeFailedFetch(error)}`)]
  }
  try {
    const { format, width, height, hasAlpha, space } = await sharp(bytes).metadata()
    const faults: FeedFault[] = []
    if (format !== 'jpeg' && format !== 'png') {
      faults.push(fault('artwork.format', `The cover is a ${format} image, not JPEG or PNG.`))
    }
    if (width !== height)
      faults.push(fault('artwork.not_square', `The cover is not square: ${width} × ${height} pixels.`))
    if (Math.min(width, height) < MIN_PX || Math.max(width, height) > MAX_PX) {
      faults.push(
        fault(
          'artwork.size',
          `The cover is ${width} × ${height} pixels. Each side must have ${MIN_PX} to ${MAX_PX}.`,
        ),
      )
    }
    if (hasAlpha) faults.push(fault('artwork.transparent', 'The cover has transparent parts.', 'warning'))
    if (space === 'cmyk')
      faults.push(fault('artwork.colours', 'The cover has print colours (CMYK) instead of RGB.'))
    if (bytes.byteLength > MAX_BYTES) {
      faults.push(fault('artwork.large', 'The cover is larger than 5 MB.', 'warning'))
    }
    return faults
  } catch {
    return [fault('artwork.unreadable', 'The cover is not an image that can be read.')]
  }
}
