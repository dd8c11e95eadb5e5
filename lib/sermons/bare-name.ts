const honorific =
  /^(?:the\s+)?(?:(?:right|very|most)\s+)?(?:rev(?:erend|d)?|dr|pastora?|ps|pr|bishop|archbishop|fr|father|padre|canon|vicar|minister|elder|deacon|evangelist|prof(?:essor)?|brother|sister|bro|sis|mr|mrs|ms|miss|pfarrer(?:in)?|pfr|hermano|hno)\.?\s+(?=\p{L})/iu

/** Whether a text begins with a title of a person and goes on with a name. */
export function hasHonorific(text: string): boolean {
  return honorific.test(text)
}

/**
 * A person's name without titles, in lower case: the same for "Rev. Dr. Ana Ruiz" and "Ana Ruiz". A name of one word is
 * left as it is, because "Pastor John" and "Father John" may be two people.
 */
export function bareName(name: string): string {
  const whole = name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
  let bare = whole
  while (honorific.test(bare)) bare = bare.replace(honorific, '')
  return bare.includes(' ') ? bare : whole
}
