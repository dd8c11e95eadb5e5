import { preload } from 'react-dom'
import inter from './inter-latin.woff2'
import sourceSerif from './source-serif-latin.woff2'

/** Lets the browser fetch the two fonts of every first view before it has read the styles that name them. */
export function preloadFonts(): void {
  for (const address of [inter, sourceSerif])
    preload(address, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' })
}
