import path from 'node:path'
import { type Font, openSync } from 'fontkit'

/** The files of the serif by script, in the order in which they are tried. */
const scripts = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese']
const opened = new Map<string, Font>()

/** Opened when it is first needed, and kept: reading a font takes a third of a second. */
function openFont(script: string): Font {
  const known = opened.get(script)
  if (known) return known
  const folder = path.join(process.cwd(), 'node_modules/@fontsource-variable/source-serif-4/files')
  const font = openSync(path.join(folder, `source-serif-4-${script}-wght-normal.woff2`))
  if (!('layout' in font)) throw new Error(`The font file of ${script} holds several fonts`)
  opened.set(script, font)
  return font
}

/** A run of text as outlines. `widthEm` is its advance; `svg` is drawn at 1 unit per em, with y upwards. */
export type Outline = { widthEm: number; svg: string }

/**
 * The outlines of a text in the serif, so that an image of it needs no font of the system. Characters that the serif
 * does not have are left out; null where it has none of them.
 */
export function outlineText(text: string): Outline | null {
  let widthEm = 0
  let svg = ''
  for (const { font, part } of splitByFont(text.normalize('NFC'))) {
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

/** Cuts a text where its characters need another file. */
function splitByFont(text: string): { font: Font; part: string }[] {
  const parts: { font: Font; part: string }[] = []
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0
    const script = scripts.find((name) => openFont(name).hasGlyphForCodePoint(codePoint))
    if (script === undefined) continue
    const font = openFont(script)
    const last = parts.at(-1)
    if (last?.font === font) last.part += character
    else parts.push({ font, part: character })
  }
  return parts
}
