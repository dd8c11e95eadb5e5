/** A part of a recording: `range` is the value of its header `Range`. */
export type Part = { url: string; range: string; durationMs: number }

/** The first rendition that a master playlist names, as an absolute address: players begin with it. */
export function readMasterPlaylist(text: string, url: string): string {
  const path = text.split('\n').find((line) => line !== '' && !line.startsWith('#'))
  if (path === undefined) throw new Error(`${url} names no rendition`)
  return new URL(path, url).href
}

/** The initialisation part of a media playlist and the parts after it, in order. */
export function readMediaPlaylist(text: string, url: string): { first: Part; parts: Part[] } {
  const lines = text.split('\n').map((line) => line.trim())
  const readTag = (line: string, tag: string) =>
    line.startsWith(`${tag}:`) ? line.slice(tag.length + 1) : null
  const map = lines.map((line) => readTag(line, '#EXT-X-MAP')).find((value) => value !== null)
  const [, mapPath = '', mapBytes = ''] = /URI="([^"]+)",BYTERANGE="([^"]+)"/.exec(map ?? '') ?? []
  if (mapPath === '') throw new Error(`${url} names no initialisation part`)
  const parts: Part[] = []
  let durationMs = 0
  let range = ''
  for (const line of lines) {
    const duration = readTag(line, '#EXTINF')
    const bytes = readTag(line, '#EXT-X-BYTERANGE')
    if (duration !== null) durationMs = Number.parseFloat(duration) * 1000
    else if (bytes !== null) range = toRange(bytes)
    else if (line !== '' && !line.startsWith('#'))
      parts.push({ url: new URL(line, url).href, range, durationMs })
  }
  return { first: { url: new URL(mapPath, url).href, range: toRange(mapBytes), durationMs: 0 }, parts }
}

/** `<length>@<offset>` of a playlist as the value of the header `Range`. */
function toRange(bytes: string): string {
  const [length = 0, offset = 0] = bytes.split('@').map(Number)
  return `bytes=${offset}-${offset + length - 1}`
}
