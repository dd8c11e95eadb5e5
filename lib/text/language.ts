/** A tag of BCP 47 in its usual spelling, such as `fil`, `zh-Hant` or `es-419`; null when it is none. */
export function findLanguage(tag: string): string | null {
  if (tag.length > 35 || !/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(tag)) return null
  try {
    const found = new Intl.Locale(tag).toString()
    return /^und\b/.test(found) ? null : found
  } catch {
    return null
  }
}

const rightToLeftScripts: readonly (string | undefined)[] = [
  'Adlm',
  'Arab',
  'Hebr',
  'Mand',
  'Nkoo',
  'Rohg',
  'Syrc',
  'Thaa',
]

/** Whether a language is written from right to left. False for what is no language tag. */
export function isRightToLeft(language: string): boolean {
  const tag = findLanguage(language)
  return tag !== null && rightToLeftScripts.includes(new Intl.Locale(tag).maximize().script)
}
