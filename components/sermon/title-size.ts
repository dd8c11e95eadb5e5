/** A longer title is set smaller, so that the sermon itself is still in sight. */
const LONG_TITLE = 56

/** The size of a title that leads a page or a part of it. */
export function titleSize(title: string): string {
  return title.length > LONG_TITLE ? 'text-xl md:text-2xl' : 'text-2xl md:text-3xl'
}
