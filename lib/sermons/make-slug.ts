import slugify from '@sindresorhus/slugify'

/**
 * The path of a thing on the web, from its title. `taken` numbers it when the plain one is in use:
 * `born-again`, `born-again-2`. `nameless` stands in for a title in a script that has no Latin spelling.
 */
export function makeSlug(title: string, taken: ReadonlySet<string>, nameless = 'sermon'): string {
  const plain = slugify(title).slice(0, 80).replace(/-+$/, '') || nameless
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? plain : `${plain}-${number}`
    if (!taken.has(slug)) return slug
  }
}
