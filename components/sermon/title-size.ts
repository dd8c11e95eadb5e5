/** A longer title is smaller, so that the sermon below it is still visible. */
const LONG_TITLE = 56

/** The classes for the size of a heading of a page or section. */
export function titleSize(title: string): string {
  return title.length > LONG_TITLE ? 'text-xl md:text-2xl' : 'text-2xl md:text-3xl'
}
