import { findReferences } from '#lib/scripture/find-references.ts'
import { formatRanges } from '#lib/scripture/format-references.ts'
import { cleanText } from '#lib/text/clean-text.ts'
import { bareName, hasHonorific, withoutSuffix } from './bare-name.ts'
import { findDate, readTagDate } from './find-date.ts'
import { isEmptyTag } from './is-empty-tag.ts'
import { readTagLanguage } from './read-tag-language.ts'
import { readTagText } from './read-tag-text.ts'
import { emptyFields, type SermonFields } from './sermon-fields.ts'
import { untitledTitle } from './untitled-title.ts'

/** The tags of a recording; any may be missing or meaningless. */
export type AudioTags = {
  title?: string | undefined
  artist?: string | undefined
  album?: string | undefined
  date?: string | undefined
  comment?: string | undefined
  language?: string | undefined
}

/** The fields as far as they can be guessed. `offeredDates` are the days that doubtful figures can mean. */
export type Guess = { fields: SermonFields; offeredDates: readonly string[] }

/** The zone and time of the guess: dates in tags are moments, and none is in the future. */
export type GuessContext = { timeZone: string | null; nowMs: number }

/** Names this church has used before: the best evidence for what a part of a file name means. */
export type KnownNames = { speakers: readonly string[]; series: readonly string[] }

const nameWord = /^(?:(?:\p{Lu}\.){1,3}|\p{Lu}[\p{L}’'-]*\p{L}\.?)$/u
/** Small words inside names: "Ludwig van Beethoven", "Juan de la Cruz". */
const particles = new Set(
  'van von der den de da do dos das del della di du la le los ter ten al el bin ben y e st'.split(' '),
)
/** Endings of words that are hardly ever names. */
const abstract = /(?:ness|[ts]ion|ful|less|ous|ship|ism|hood|phal|ment|wards?)$/i
const notNames = new Set(
  (
    'a an and are as at be by can do for from god he hope faith grace love peace joy in is it jesus christ lord life ' +
    'living light my no not of on or our part prayer sermon service sunday morning evening the this to truth week ' +
    'what when where who why with word you your again born good great new holy king kingdom ' +
    'monday tuesday wednesday thursday friday saturday palm easter christmas advent lent pentecost eve night day days ' +
    'year years silent spirit spiritual gift gifts fire fresh divine healing healed blessed blessing blessings ' +
    'assurance church churches baptist methodist lutheran chapel cathedral fellowship ministry ministries vacation ' +
    'bible school youth kids children family men women entry final first second third last next series message ' +
    'messages talk study lesson session conference camp retreat worship praise song songs hymn hymns psalm psalms ' +
    'gospel cross resurrection tomb empty garden mountain valley river water living bread wine blood lamb lion ' +
    'shepherd sheep father son heaven heavenly hell earth world creation fall flood ark covenant law commandments ' +
    'ten seven twelve three two one prophet prophets apostle apostles disciple disciples saint saints angel angels ' +
    'eternal everlasting amazing radical simple true real whole broken lost found free freedom forgiven mercy ' +
    'justice judgement judgment wrath sin sinner sinners saved saving salvation heart hearts soul mind body house ' +
    'home road way walk walking run running race fight battle war victory power strength weak weakness fear fearless ' +
    'courage brave wisdom wise foolish fool proverbs parable parables miracle miracles sign signs wonder wonders ' +
    'communion baptism supper table harvest seed seeds soil tree vine fruit root roots rock foundation foundations ' +
    'stone stones building builder bridge gate door key keys open closed copy final edit edited draft mix master ' +
    'live stream full audio video only version'
  ).split(' '),
)
/** Words and figures that are no title without the reference beside them: "Pt 2", "#3", "2024", "ESV". */
const partWords = new Set('part pt parts week wk session no nr vol teil parte partie folge day'.split(' '))
const joiningWords = new Set(
  'the a an of in from on book gospel and de la el los las das der die le les'.split(' '),
)
const translation =
  /[([]?\b(?:NIV|ESV|KJV|NKJV|NASB|NLT|NRSV|RSV|CSB|HCSB|MSG|NET|ASV|AMP|RVR|NVI|LSG|LUT)\b[)\]]?/g

function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:|–—-]+|[\s,;:|–—-]+$/g, '')
    .trim()
}

function looksLikeName(text: string): boolean {
  const words = withoutSuffix(text).split(' ')
  const inner = words.slice(1, -1)
  const own = words.filter((word) => !inner.includes(word) || !particles.has(word.toLowerCase()))
  if (own.length < 2 || own.length > 4) return false
  return own.every((word) => nameWord.test(word) && !notNames.has(word.toLowerCase()) && !abstract.test(word))
}

function findKnown(text: string, names: readonly string[]): string | undefined {
  return names.find((name) => name.toLowerCase() === text.toLowerCase())
}

/** "Rev. Ana Ruiz", "Pastor Ana Ruiz" and "Ana Ruiz" are one person. */
function findPerson(text: string, names: readonly string[]): string | undefined {
  return findKnown(text, names) ?? names.find((name) => bareName(name) === bareName(text))
}

function startCase(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}

/** Removes a match from the text, with brackets that contained only the match. */
function without(text: string, found: { start: number; end: number }): string {
  return `${text.slice(0, found.start)} ${text.slice(found.end)}`.replace(/[([]\s*[)\]]/g, ' ')
}

/** The title of what is left of a name without its date, reference, people and series. */
function titleOf(left: string, scripture: string): string {
  if (scripture === '') return startCase(left)
  const title = tidy(left.replace(translation, ' '))
  const words = title
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean)
  if (words.every((word) => joiningWords.has(word))) return scripture
  const isPart = words.every((word) => /^\d+$/.test(word) || partWords.has(word))
  return isPart ? `${scripture} ${title}` : startCase(title)
}

const withoutBy = (part: string) => part.replace(/^by\s+/i, '')

/** Names of files that came from an address have their spaces as "%20" or "+". */
function decodeAddress(name: string): string {
  if (/\s/.test(name)) return name
  const spaced = /[\p{L}\p{N}]\+[\p{L}\p{N}]/u.test(name) ? name.replaceAll('+', ' ') : name
  if (!/%[0-9a-f]{2}/i.test(spaced)) return spaced
  try {
    return cleanText(decodeURIComponent(spaced))
  } catch {
    return spaced
  }
}

/** A title and a name: "Rev. Ana Ruiz", but not "Father God" and "sister churches". */
function isTitledName(text: string): boolean {
  if (!hasHonorific(text)) return false
  return withoutSuffix(text)
    .split(' ')
    .slice(1)
    .every(
      (word) =>
        particles.has(word.toLowerCase()) || (nameWord.test(word) && !notNames.has(word.toLowerCase())),
    )
}

/** Puts a person in brackets, or after "by", into a part of the name: "Grace (Pastor Ana)", "Grace by Rev. Ana". */
function separatePeople(text: string, known: KnownNames): string {
  const isPerson = (name: string) => isTitledName(name) || findPerson(name, known.speakers) !== undefined
  return text
    .replace(/[([]([^()[\]]{2,60})[)\]]/g, (whole, inside: string) =>
      isPerson(inside.trim()) ? ` - ${inside.trim()} - ` : whole,
    )
    .replace(
      /\s(?:by|with|von|por|par|door)\s+([^()[\]|–—]{2,60}?)(?=\s+[-–—|]|\s*$)/giu,
      (whole, name: string) => (isPerson(name.trim()) ? ` - ${name.trim()} - ` : whole),
    )
}

function guessFromName(fileName: string, known: KnownNames, nowMs: number): Guess {
  const fields = { ...emptyFields }
  const whole = decodeAddress(cleanText(fileName).replace(/\.[\p{L}\p{N}]{1,5}$/u, '')).replace(
    /(?:\.(?:mp3|m4a|wav|aac|flac|ogg|opus|wma|aiff?|mp4|mov))+$/i,
    '',
  )
  let rest = whole

  const references = findReferences(rest)
  fields.scripture = formatRanges(references)
  for (const { startOffset, endOffset } of references) {
    rest = `${rest.slice(0, startOffset)}${'\0'.repeat(endOffset - startOffset)}${rest.slice(endOffset)}`
  }
  const date = findDate(rest, nowMs)
  if (date) {
    fields.preachedOn = date.preachedOn
    rest = without(rest, date)
  }
  rest = rest.replace(/\0+\p{L}?(?!\p{L})/gu, ' - ')
  rest = rest.replace(/-(?:[\s,;&]|and|-)*-/g, '-').replace(/[([]\s*-\s*[)\]]/g, ' ')
  // A name without spaces uses hyphens for them; with spaces, a lone hyphen separates.
  rest = separatePeople(rest.replaceAll('_', ' '), known)
  const parts = (
    /\s/.test(rest.trim()) ? rest.split(/\s+[-–—|~]+\s+|\s*\|\s*|\s+-|-\s+/) : [rest.replaceAll('-', ' ')]
  )
    .map(tidy)
    // "03 Grace" and "3. Grace" have the number of a track; "10 Commandments" has a number of its own.
    .map((part) => part.replace(/^(?:0\d{1,2}|\d{1,3}[.)])\s+(?=\p{L})/u, ''))
    .filter((part) => part !== '' && !/^\d{1,3}$/.test(part))

  const take = (matches: (part: string) => boolean): string | undefined => {
    const index = parts.findIndex(matches)
    return index === -1 ? undefined : parts.splice(index, 1)[0]
  }
  const speaker =
    take((part) => findPerson(part, known.speakers) !== undefined) ??
    take((part) => hasHonorific(part)) ??
    (parts.length > 1 ? take((part) => looksLikeName(withoutBy(part))) : undefined)
  // "Pastor Dan 3" is the third of his.
  if (speaker)
    fields.speaker = findPerson(speaker, known.speakers) ?? withoutBy(speaker).replace(/\s+#?\d+$/, '')

  const series =
    take((part) => findKnown(part, known.series) !== undefined) ??
    (parts.length > 1 ? take((part) => /\bseries\b/i.test(part)) : undefined)
  if (series) fields.series = findKnown(series, known.series) ?? tidy(series.replace(/\bseries\b/i, ''))

  fields.title = titleOf(parts.join(': '), fields.scripture) || startCase(tidy(whole.replaceAll('_', ' ')))
  return { fields, offeredDates: date?.offered ?? [] }
}

/**
 * Guesses the details of a recording from its tags and its file name, for a person to correct.
 * Meaningful tags take precedence; "Track 01" and "Unknown Album" are not meaningful.
 */
export function guessMetadata(
  fileName: string,
  tags: AudioTags,
  known: KnownNames,
  context: GuessContext,
): Guess {
  const fromName = guessFromName(fileName, known, context.nowMs)
  const meaningful = (text: string | undefined): string => {
    const tidied = tidy(readTagText(text))
    return isEmptyTag(tidied) ? '' : tidied
  }
  const tagTitle = meaningful(tags.title)
  // Recorders write the file name as the title; then the parts of the name are better.
  const fromTitle = /\s[-–—|]\s|_/.test(tagTitle)
    ? guessFromName(`${tagTitle}.mp3`, known, context.nowMs)
    : null
  const artist = meaningful(tags.artist)
  const preachedOn =
    readTagDate(tags.date ?? '', context) || fromTitle?.fields.preachedOn || fromName.fields.preachedOn
  return {
    fields: {
      ...emptyFields,
      title: fromTitle?.fields.title || tagTitle || fromName.fields.title || untitledTitle,
      speaker:
        findPerson(artist, known.speakers) || artist || fromTitle?.fields.speaker || fromName.fields.speaker,
      series: meaningful(tags.album) || fromTitle?.fields.series || fromName.fields.series,
      scripture: formatRanges(findReferences(readTagText(tags.title))) || fromName.fields.scripture,
      preachedOn,
      description: tidy(readTagText(tags.comment)),
      language: readTagLanguage(tags.language),
    },
    offeredDates: preachedOn ? [] : fromName.offeredDates,
  }
}
