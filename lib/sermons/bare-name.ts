const honorific =
  /^(?:the\s+)?(?:(?:right|very|most)\s+)?(?:rev(?:erend|d)?|dr|pastora?|ps|pr|bishop|archbishop|fr|father|padre|canon|vicar|minister|elder|deacon|evangelist|prof(?:essor)?|brother|sister|bro|sis|mr|mrs|ms|miss|pfarrer(?:in)?|pfr|pasteure?|pastoor|dominee|ds|prediker|abbé|père|padre|hermano|hno|hermana|hna|apostle|prophet(?:ess)?|chaplain|pst|пастор|отец|ксёндз|ks)\.?\s+(?=\p{L})/iu

/** What is written behind a name: "Jr.", "III", "PhD". */
const suffix = /,?\s+(?:jr|sr|ii|iii|iv|ph\.?\s?d|d\.?\s?min|m\.?\s?div|th\.?\s?d|esq|obe|mbe)\.?$/iu

/** A name without what is written behind it. */
export function withoutSuffix(name: string): string {
  return name.replace(suffix, '')
}

/** Whether a text begins with a title of a person, followed by a name. */
export function hasHonorific(text: string): boolean {
  return honorific.test(text)
}

/**
 * Removes titles from a person's name and lower-cases it: the same for "Rev. Dr. Ana Ruiz" and "Ana Ruiz". A title
 * before a single word is kept, because "Pastor John" and "Father John" may be two people.
 */
export function bareName(name: string): string {
  const whole = name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
  let bare = whole
  while (honorific.test(bare)) bare = bare.replace(honorific, '')
  bare = withoutSuffix(bare)
  return bare.includes(' ') ? bare : whole
}
