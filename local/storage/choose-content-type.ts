/** The types that a page may show or play from storage. Everything else is a download. */
const shownTypes = [
  /^audio\/[a-z0-9.+-]+$/,
  /^video\/[a-z0-9.+-]+$/,
  /^image\/(png|jpeg|gif|webp|avif)$/,
  /^text\/(plain|vtt)$/,
  /^application\/(json|vnd\.apple\.mpegurl|x-mpegurl|octet-stream)$/,
]

const wellFormed = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+(\s*;[\x20-\x7e]*)?$/i

/** Returns a content type that is safe to store: one line of `type/subtype`, or `application/octet-stream`. */
export function cleanContentType(given: string | undefined): string {
  const type = given?.trim() ?? ''
  return type.length <= 200 && wellFormed.test(type) ? type : 'application/octet-stream'
}

/**
 * Decides how to send a stored type. Storage shares its origin with the app, so types that a browser could run
 * (HTML, SVG, scripts, unknown types) are sent as downloads of unknown type.
 */
export function chooseContentType(stored: string): { contentType: string; mustDownload: boolean } {
  const essence = (stored.split(';')[0] ?? '').trim().toLowerCase()
  return shownTypes.some((type) => type.test(essence))
    ? { contentType: stored, mustDownload: false }
    : { contentType: 'application/octet-stream', mustDownload: true }
}

/** True when the bucket accepts this type; `audio/*` matches every audio type. */
export function isAllowedType(contentType: string, allowed: readonly string[] | null): boolean {
  if (!allowed || allowed.length === 0) return true
  const essence = (contentType.split(';')[0] ?? '').trim().toLowerCase()
  return allowed.some((entry) => {
    const pattern = entry.trim().toLowerCase()
    return (
      pattern === '*/*' ||
      pattern === essence ||
      (pattern.endsWith('/*') && essence.startsWith(pattern.slice(0, -1)))
    )
  })
}

/** Returns a `content-disposition` header that is safe for any file name. */
export function attachmentHeader(fileName: string): string {
  const name = fileName.replace(/[\p{Cc}/\\]/gu, '_').slice(0, 200) || 'download'
  const plain = name.replace(/[^\x20-\x7e]|["%;\\]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
