import path from 'node:path'
import { type Font, openSync } from 'fontkit'

/** What was preached, and names, are set in the serif; what Selah says in the sans. */
export type Face = 'serif' | 'sans'

/** The files of each face by script, in the order in which they are tried. */
const faces: Record<Face, { name: string; scripts: readonly string[] }> = {
  serif: {
    name: 'source-serif-4',
    scripts: ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese'],
  },
  sans: {
    name: 'inter',
    scripts: ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese'],
  },
}
const opened = new Map<string, Font>()

/** Opened when it is first needed, and kept: reading a font takes a third of a second. */
function openFont(face: Face, script: string): Font {
  const { name } = faces[face]
  const file = `${name}-${script}-wght-normal.woff2`
  const known = opened.get(file)
  if (known) return known
  const folder = path.join(process.cwd(), `node_modules/@fontsource-variable/${name}/files`)
  const font = openSync(path.join(folder, file))
  if (!('layout' in font)) throw new Error(`The font file ${file} holds several fonts`)
  opened.set(file, font)
  return font
}

/** A run of text as outlines. `widthEm` is its advance; `svg` is drawn at 1 unit per em, with y upwards. */
export type Outline = { widthEm: number; svg: string }

/**
 * The outlines of a text, so that an image of it needs no font of the system. Characters that the face does not have
 * are left out (`lacksLetters` finds them); null where it has none of them.
 */
export function outlineText(text: string, face: Face = 'serif'): Outline | null {
  let widthEm = 0
  let svg = ''
  for (const { font, part } of splitByFont(text, face)) {
    const scale = 1 / font.unitsPerEm
    const run = font.layout(part)
    for (const [index, glyph] of run.glyphs.entries()) {
      const outline = glyph.path.toSVG()
      if (outline) svg += `<path transform="translate(${widthEm} 0) scale(${scale})" d="${outline}"/>`
      widthEm += (run.positions[index]?.xAdvance ?? 0) * scale
    }
  }
  return svg === '' ? null : { widthEm, svg }
}

/** The advance of a text in em, without its outlines. */
export function measureText(text: string, face: Face = 'serif'): number {
  return splitByFont(text, face).reduce(
    (sum, { font, part }) => sum + font.layout(part).advanceWidth / font.unitsPerEm,
    0,
  )
}

/**
 * Whether outlines of the text would lack letters, marks or digits: those of a script that the face does not have.
 * Symbols that it does not have, such as a musical note, may be left out without changing what is said.
 */
export function lacksLetters(text: string, face: Face = 'serif'): boolean {
  return [...text.normalize('NFC')].some(
    (character) => /[\p{L}\p{M}\p{N}]/u.test(character) && findScript(character, face) === undefined,
  )
}

function findScript(character: string, face: Face): string | undefined {
  const codePoint = character.codePointAt(0) ?? 0
  return faces[face].scripts.find((script) => openFont(face, script).hasGlyphForCodePoint(codePoint))
}

/** Cuts a text where its characters need another file. */
function splitByFont(text: string, face: Face): { font: Font; part: string }[] {
  const parts: { font: Font; part: string }[] = []
  for (const character of text.normalize('NFC')) {
    const script = findScript(character, face)
    if (script === undefined) continue
    const font = openFont(face, script)
    const last = parts.at(-1)
    if (last?.font === font) last.part += character
    else parts.push({ font, part: character })
  }
  return parts
}
