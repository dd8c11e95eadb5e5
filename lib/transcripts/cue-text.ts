/** The names that HTML gives to the characters from U+00A0, in their order. */
const latin1 = (
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
  'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
  'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
  'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
  'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
  'thorn yuml'
).split(' ')
const entities: Record<string, string> = {
  ...Object.fromEntries(latin1.map((name, index) => [name, String.fromCharCode(0xa0 + index)])),
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  shy: '',
  lrm: '',
  rlm: '',
  zwj: '\u200d',
  zwnj: '\u200c',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  lsaquo: '‹',
  rsaquo: '›',
  hellip: '…',
  bull: '•',
  prime: '′',
  Prime: '″',
  dagger: '†',
  euro: '€',
  trade: '™',
  OElig: 'Œ',
  oelig: 'œ',
  Scaron: 'Š',
  scaron: 'š',
  Yuml: 'Ÿ',
}

/** Marks for the direction and the division of text, which no one sees; a word with one is not found. */
export const unheard =
  /[\u00ad\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]|(?<!\S)\u200b+|\u200b+(?!\S)/g

/** Converts caption markup to plain text: removes tags, voice spans, positions and speaker arrows, decodes entities. */
export function plainCueText(text: string): string {
  return (
    text
      // The reading aid above a word is not spoken beside it.
      .replace(/<rt>[^<>]{0,100}<\/rt>/gi, '')
      // Only what looks like a tag: "a < b" is text.
      .replace(/<\/?[a-z][^<>]{0,200}>|<[\d:.]+>/gi, '')
      .replace(/\{(?:\\|[a-z]:)[^{}]{0,100}\}/gi, '')
      .replace(
        /&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{1,6}\d{0,2});/gi,
        (whole, name: string) => decodeEntity(name) ?? whole,
      )
      .replace(/^\s*>{1,3}(?=\s|$)|(^|\s)>{2,3}(?=\s|$)/g, '$1')
      .replace(unheard, '')
      .replace(/\s+/g, ' ')
      .trim()
  )
}

function decodeEntity(name: string): string | null {
  if (!name.startsWith('#')) return entities[name] ?? entities[name.toLowerCase()] ?? null
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
