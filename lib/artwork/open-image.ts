import sharp, { type Sharp } from 'sharp'
import { AppError } from '#lib/errors.ts'

/**
 * Opens an uploaded JPEG, PNG or WebP, upright as its camera meant it. The size is in pixels. Throws
 * `unsupported_media` when it is something else, damaged at its start, or has more than `maxPixels`: a small file can
 * name a huge picture.
 */
export async function openImage(
  image: Uint8Array,
  { maxPixels }: { maxPixels: number },
): Promise<{ picture: Sharp; widthPx: number; heightPx: number }> {
  const { input, width, height, orientation, format } = await inspect(image, maxPixels)
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

async function inspect(image: Uint8Array, maxPixels: number) {
  try {
    const input = sharp(image, { limitInputPixels: maxPixels })
    return { input, ...(await input.metadata()) }
  } catch (cause) {
    const isTooLarge = cause instanceof Error && /pixel limit/.test(cause.message)
    throw new AppError(
      'unsupported_media',
      isTooLarge
        ? 'This image has too many pixels. Make it smaller, then upload it again.'
        : 'This is not an image. Use a JPEG or PNG file.',
      { cause },
    )
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
