import { findLanguage } from './language.ts'

/** A shorter text is not judged: names and foreign words decide too much in it. */
const MIN_WORDS = 12
/** A long text is judged by several parts, so that a quotation in another language does not decide. */
const PART_LENGTH = 1000
const PARTS = 5
/** The detector calls Indonesian Malay too. */
const doubtful = ['ms']
const tags: Readonly<Record<string, string>> = { tl: 'fil' }
/** Letters that only one of the two scripts of Chinese has. */
const traditional = /[這們個說為來時會對國愛與們經過]/gu
const simplified = /[这们个说为来时会对国爱与们经过]/gu

/**
 * The language of a text, as a tag of BCP 47. It is `usual`, the one to expect, unless most of the text is certainly
 * in another language. A language that the detector does not know is never taken for another one.
 */
export async function detectLanguage(text: string, { usual }: { usual: string }): Promise<string> {
  const words = new Intl.Segmenter('und', { granularity: 'word' }).segment(text.slice(0, PART_LENGTH))
  if ([...words].filter(({ isWordLike }) => isWordLike).length < MIN_WORDS) return usual
  // Its tables take 60 MB, and many processes never need them.
  const { eld } = await import('eld/extrasmall')
  const known = Object.values(eld.info().Languages).map(toTag)
  if (!known.includes(primary(usual))) return usual
  const parts = partsOf(text).map((part) => {
    const found = eld.detect(part)
    return found.isReliable() && !doubtful.includes(found.language) ? toTag(found.language) : null
  })
  const language = parts.find(
    (candidate) => candidate !== null && parts.filter((part) => part === candidate).length > parts.length / 2,
  )
  if (!language || language === primary(usual)) return usual
  return language === 'zh' ? chineseOf(text) : language
}

function partsOf(text: string): string[] {
  if (text.length <= PARTS * PART_LENGTH) return [text]
  const step = (text.length - PART_LENGTH) / (PARTS - 1)
  return Array.from({ length: PARTS }, (_, part) => {
    const start = Math.floor(part * step)
    return text.slice(start, start + PART_LENGTH)
  })
}

const toTag = (code: string): string => tags[code] ?? code

/** The language of a tag without script and region: `zh` of `zh-Hant`. */
function primary(tag: string): string {
  return toTag(new Intl.Locale(findLanguage(tag) ?? 'und').language)
}

function chineseOf(text: string): string {
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0
  return count(traditional) > count(simplified) ? 'zh-Hant' : 'zh-Hans'
}
