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

/**
 * The languages that forms offer, each by its own name; every other tag can be given through the API and the command
 * line.
 */
export const offeredLanguages: Readonly<Record<string, string>> = {
  af: 'Afrikaans',
  am: 'አማርኛ',
  ar: 'العربية',
  bg: 'Български',
  bn: 'বাংলা',
  cs: 'Čeština',
  cy: 'Cymraeg',
  da: 'Dansk',
  de: 'Deutsch',
  el: 'Ελληνικά',
  en: 'English',
  es: 'Español',
  'es-419': 'Español (Latinoamérica)',
  et: 'Eesti',
  fa: 'فارسی',
  fi: 'Suomi',
  fil: 'Filipino',
  fr: 'Français',
  ga: 'Gaeilge',
  ha: 'Hausa',
  he: 'עברית',
  hi: 'हिन्दी',
  hr: 'Hrvatski',
  ht: 'Kreyòl ayisyen',
  hu: 'Magyar',
  hy: 'Հայերեն',
  id: 'Bahasa Indonesia',
  ig: 'Igbo',
  it: 'Italiano',
  ja: '日本語',
  ka: 'ქართული',
  km: 'ខ្មែរ',
  ko: '한국어',
  lt: 'Lietuvių',
  lv: 'Latviešu',
  mg: 'Malagasy',
  mi: 'Māori',
  ml: 'മലയാളം',
  mn: 'Монгол',
  mr: 'मराठी',
  my: 'မြန်မာ',
  ne: 'नेपाली',
  nl: 'Nederlands',
  no: 'Norsk',
  pa: 'ਪੰਜਾਬੀ',
  pl: 'Polski',
  pt: 'Português',
  'pt-BR': 'Português (Brasil)',
  ro: 'Română',
  ru: 'Русский',
  sk: 'Slovenčina',
  sl: 'Slovenščina',
  sm: 'Gagana Samoa',
  sq: 'Shqip',
  sr: 'Српски',
  sv: 'Svenska',
  sw: 'Kiswahili',
  ta: 'தமிழ்',
  te: 'తెలుగు',
  th: 'ไทย',
  tr: 'Türkçe',
  uk: 'Українська',
  ur: 'اردو',
  vi: 'Tiếng Việt',
  xh: 'isiXhosa',
  yo: 'Yorùbá',
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  zu: 'isiZulu',
}
