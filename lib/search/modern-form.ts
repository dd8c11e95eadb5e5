const irregular = new Map(
  Object.entries({
    begat: 'beget',
    betwixt: 'between',
    brethren: 'brothers',
    builded: 'built',
    digged: 'dug',
    holpen: 'helped',
    shew: 'show',
    shewed: 'showed',
    sheweth: 'shows',
    shewing: 'showing',
    shewn: 'shown',
    spake: 'spoke',
    spakest: 'spoke',
    sware: 'swore',
    wist: 'knew',
  }),
)

/**
 * The modern form of an older English word (`loveth` is `love`, `spake` is `spoke`), or the word itself.
 * A form is only changed where it is not a word of today and the modern form is: `forest` stays.
 * `isKnown` says whether a stem belongs to today's English.
 */
export function modernForm(
  word: string,
  { stem, isKnown }: { stem: (word: string) => string; isKnown: (stem: string) => boolean },
): string {
  const fixed = irregular.get(word)
  if (fixed) return fixed
  if (!/(?:eth|est|edst)$/.test(word) || isKnown(stem(word))) return word
  const base = word.replace(/(?:edst|edest|eth|est)$/, '')
  const candidates = [`${base}e`, base, base.replace(/(.)\1$/, '$1'), base.replace(/i$/, 'y')]
  return candidates.find((candidate) => candidate.length > 1 && isKnown(stem(candidate))) ?? word
}

/** British and American spellings of a stem become one: `honour` is `honor`, `baptis` is `baptiz`. */
export function commonSpelling(stem: string, isKnown: (stem: string) => boolean): string {
  if (stem.length < 5) return stem
  const other = /our(?:it)?$/.test(stem)
    ? stem.replace(/our(?=(?:it)?$)/, 'or')
    : stem.endsWith('is')
      ? `${stem.slice(0, -1)}z`
      : stem
  return other !== stem && isKnown(other) ? other : stem
}
