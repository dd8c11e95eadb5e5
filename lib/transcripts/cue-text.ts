const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '',
  rlm: '',
}

/** Converts caption markup to plain text: removes tags, voice spans, positions and speaker arrows, decodes entities. */
export function plainCueText(text: string): string {
  return (
    text
      // Only what looks like a tag: "a < b" is text.
      .replace(/<\/?[a-z][^<>]{0,200}>|<[\d:.]+>/gi, '')
      .replace(/\{\\[^{}]{0,100}\}/g, '')
      .replace(
        /&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi,
        (whole, name: string) => decodeEntity(name) ?? whole,
      )
      .replace(/(^|\s)>{1,3}(?=\s|$)/g, '$1')
      .replace(/\s+/g, ' ')
      .trim()
  )
}

function decodeEntity(name: string): string | null {
  if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? null
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  if (
    !(code >= 32 && code <= 0x10ffff) ||
    (code >= 0x7f && code < 0xa0) ||
    (code >= 0xd800 && code <= 0xdfff)
  )
    return ''
  return String.fromCodePoint(code)
}

/** Converts plain text to caption text: escapes characters that would be read as markup. */
export function escapeCueText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
