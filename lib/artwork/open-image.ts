import sharp, { type Sharp } from 'sharp'
import { AppError } from '#lib/errors.ts'

/** More pixels than any cover or logo has: a small file can name a huge picture. */
const MAX_PIXELS = 100_000_000

/**
 * Opens an uploaded JPEG, PNG or WebP, upright as its camera meant it. The size is in pixels. Throws
 * `unsupported_media` when it is something else, or damaged at its start.
 */
export async function openImage(
  image: Uint8Array,
): Promise<{ picture: Sharp; widthPx: number; heightPx: number }> {
  const { input, width, height, orientation, format } = await inspect(image)
  if (format !== 'jpeg' && format !== 'png' && format !== 'webp') {
    throw new AppError('unsupported_media', 'Use a JPEG or PNG file.')
  }
  const isOnItsSide = (orientation ?? 1) >= 5
  return {
    picture: input.autoOrient(),
    widthPx: isOnItsSide ? height : width,
    heightPx: isOnItsSide ? width : height,
  }
}

async function inspect(image: Uint8Array) {
  try {
    const input = sharp(image, { limitInputPixels: MAX_PIXELS })
    return { input, ...(await input.metadata()) }
  } catch (cause) {
    throw new AppError('unsupported_media', 'This is not an image. Use a JPEG or PNG file.', { cause })
  }
}

/** The bytes of an edited image. Throws `unsupported_media` when the uploaded file is damaged. */
export async function encodeImage(
  picture: Sharp,
): Promise<{ bytes: Buffer; widthPx: number; heightPx: number }> {
  try {
    const { data, info } = await picture.toBuffer({ resolveWithObject: true })
    return { bytes: data, widthPx: info.width, heightPx: info.height }
  } catch (cause) {
    throw new AppError('unsupported_media', 'This image is damaged. Export it again, then upload it.', {
      cause,
    })
  }
}
