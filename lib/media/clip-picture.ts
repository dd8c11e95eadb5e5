/** A rectangle in pixels. */
export type PixelBox = { x: number; y: number; width: number; height: number }

/** Words that are shown together, from `startMs` of the clip until the next page begins. */
export type ClipPage = {
  startMs: number
  /** `box` is what changes when the word is spoken; `svg` are its outlines at their place, without a colour. */
  words: { startMs: number; box: PixelBox; svg: string }[]
}

/** Everything that is seen in a clip, in pixels. Colours are `#rrggbb`. */
export type ClipPicture = {
  width: number
  height: number
  /** What is behind the words, as a whole SVG image. */
  background: string
  pages: ClipPage[]
  colours: { spoken: string; current: string; currentGround: string }
  /** Whether the word that is spoken is marked; otherwise all words of a page look the same. */
  marksWords: boolean
  /** How much of the clip has been played. */
  bar: PixelBox
}
