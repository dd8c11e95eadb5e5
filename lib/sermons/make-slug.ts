import slugify from '@sindresorhus/slugify'

/**
 * A slug for URLs, made from a title. When the slug is in `taken` it gets a number: `born-again`,
 * `born-again-2`. `nameless` is used for a title in a script without a Latin spelling.
 */
export function makeSlug(title: string, taken: ReadonlySet<string>, nameless = 'sermon'): string {
  const plain = slugify(title).slice(0, 80).replace(/-+$/, '') || nameless
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? plain : `${plain}-${number}`
    if (!taken.has(slug)) return slug
  }
}
