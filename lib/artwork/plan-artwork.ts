/** What artwork is generated from. `family` is the series, or the title where there is none; it decides the colour. */
export type ArtworkSubject = {
  title: string
  reference: string
  family: string
  /** The colour of the church, where it is used instead. */
  tint?: ArtworkTint | null
}

/** A hue in degrees of OKLCH, and how colourful it is: from 0, a grey, to 1, like the other artwork. */
export type ArtworkTint = { hue: number; vividness: number }

export type ArtworkPlan = {
  /** Degrees in OKLCH. */
  hue: number
  /** 0 to 1. */
  vividness: number
  /** The small text: the book of the reference, or nothing. */
  label: string
  /** The large letters: chapter and verse, a year, or an initial. */
  figure: string
  /** Light letters on a dark background, or dark letters on a light one; the same for a whole series. */
  tone: 'deep' | 'tint'
  motif: 'arch' | 'rings' | 'rules' | 'hills'
  /** 0 to 1, for the small differences within a motif. */
  seed: number
}

/** Hues that work as a dark and as a light background. */
const hues = [62, 200, 30, 130, 262, 350, 88, 230, 165, 310, 45, 110]
const motifs = ['arch', 'rings', 'rules', 'hills'] as const
const years = /^[1-9]\d{3}$/
const articles = /^(the|a|an|and|of|in|on|to)\s+/i

/** FNV-1a: the same on every machine. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const character of text.normalize('NFC').toLowerCase()) {
    value ^= character.codePointAt(0) ?? 0
    value = Math.imul(value, 0x01000193)
  }
  value ^= value >>> 15
  value = Math.imul(value, 0x2c1b3c6d)
  return (value ^ (value >>> 13)) >>> 0
}

/** Splits `1 John 4:7-12` into book and chapter with verse; null when it has no chapter. */
function readReference(reference: string): { book: string; place: string } | null {
  const match = /^\s*((?:[1-3]\s*)?\p{L}[\p{L}\s.]*?)\s*(\d+(?:\s*[:.]\s*\d+)?)/u.exec(reference)
  const [, book, place] = match ?? []
  return book && place
    ? { book: book.replace('.', '').trim(), place: place.replace(/\s/g, '').replace('.', ':') }
    : null
}

/** Decides how the artwork of a subject looks: always the same for the same words. */
export function planArtwork({ title, reference, family, tint }: ArtworkSubject): ArtworkPlan {
  const own = hash(title)
  const ofFamily = hash(family || title)
  const scripture = readReference(reference)
  const initial = years.exec(title)?.[0] ?? [...title.trim().replace(articles, '')][0]?.toUpperCase() ?? '·'
  return {
    hue: tint?.hue ?? hues[ofFamily % hues.length] ?? 66,
    vividness: tint?.vividness ?? 1,
    tone: !tint && (ofFamily >>> 5) % 3 === 1 ? 'tint' : 'deep',
    motif: motifs[own % motifs.length] ?? 'arch',
    label: scripture?.book ?? '',
    figure: scripture?.place ?? initial,
    seed: ((own >>> 8) % 1000) / 1000,
  }
}
