/** A number in a text, with its offsets. */
export type NumberAtom = { value: number; start: number; end: number; isWord: boolean }

export type Token = {
  text: string
  start: number
  end: number
  /** The text between the previous word and this one. */
  before: string
}

const units = 'oh zero one two three four five six seven eight nine'.split(' ')
const teens = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ')
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const values = new Map<string, number>([
  ...units.map((word, index): [string, number] => [word, Math.max(0, index - 1)]),
  ...teens.map((word, index): [string, number] => [word, index + 10]),
  ...tens.map((word, index): [string, number] => [word, (index + 2) * 10]),
  ['fourty', 40],
  ['ninty', 90],
  ['o', 0],
])
const ordinals = new Map<string, number>(
  (
    'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth ' +
    'sixteenth seventeenth eighteenth nineteenth twentieth'
  )
    .split(' ')
    .map((word, index): [string, number] => [word, index + 1]),
)
const ordinalTens = new Map<string, number>(
  'thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth'
    .split(' ')
    .map((word, index): [string, number] => [word, (index + 3) * 10]),
)

export const rangeWord = /^(?:through|thru|to|until|till|dash)$/
export const isVerseWord = (token: Token | undefined): boolean =>
  /^(?:verses?|vs|vv|v)$/.test(token?.text ?? '')
export const isChapterWord = (token: Token | undefined): boolean => /^(?:chapters?)$/.test(token?.text ?? '')

/** What a speaker says while looking for a word: “second Timothy uh chapter two”. */
const hesitation = /^(?:u[hm]+|erm?|hm+)$/i
const hesitations = /\s*(?<!\p{L})(?:u[hm]+|erm?|hm+)(?!\p{L})[\s,]*/giu

/** The words and numbers of a text, in order. Hesitations are left out. "twenty-one" is two words. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let last = 0
  for (const match of text.matchAll(/\p{L}+(?:['’]\p{L}+)?|\d+/gu)) {
    if (hesitation.test(match[0])) continue
    const end = match.index + match[0].length
    tokens.push({
      text: match[0].toLowerCase(),
      start: match.index,
      end,
      before: text.slice(last, match.index).replace(hesitations, ' '),
    })
    last = end
  }
  return tokens
}

/** Whether this word and the previous one may belong to one spoken number: only space or a hyphen is between them. */
const isJoined = (token: Token | undefined): boolean => token !== undefined && /^[\s-]*$/.test(token.before)

/**
 * Reads one number that starts at a word: "7", "seven", "twenty one", "a hundred and nineteen". A further number word
 * is another number ("one nineteen" is 1 and 19). `null` if there is no number.
 */
export function readNumber(tokens: readonly Token[], at: number): { atom: NumberAtom; next: number } | null {
  const first = tokens[at]
  if (!first) return null
  if (/^\d+$/.test(first.text)) {
    return {
      atom: { value: Number(first.text), start: first.start, end: first.end, isWord: false },
      next: at + 1,
    }
  }
  const second = tokens[at + 1]
  const isHundred = isJoined(second) && second?.text === 'hundred'
  const value = first.text === 'a' && isHundred ? 1 : values.get(first.text)
  if (value === undefined) return null
  let sum = value
  let next = at + 1
  if (isHundred && value === 1) {
    sum = 100
    next = at + 2
    const withAnd = tokens[next]?.text === 'and' && isJoined(tokens[next]) ? next + 1 : next
    const rest = isJoined(tokens[withAnd]) ? readBelowHundred(tokens, withAnd) : null
    if (rest) {
      sum += rest.value
      next = rest.next
    }
  } else {
    const below = readBelowHundred(tokens, at)
    if (below) {
      sum = below.value
      next = below.next
    }
  }
  const last = tokens[next - 1] ?? first
  return { atom: { value: sum, start: first.start, end: last.end, isWord: true }, next }
}

function readBelowHundred(tokens: readonly Token[], at: number): { value: number; next: number } | null {
  const value = values.get(tokens[at]?.text ?? '')
  if (value === undefined) return null
  const unit = values.get(tokens[at + 1]?.text ?? '')
  const joins = value >= 20 && unit !== undefined && unit >= 1 && unit <= 9 && isJoined(tokens[at + 1])
  return joins ? { value: value + unit, next: at + 2 } : { value, next: at + 1 }
}

/** Reads consecutive numbers from a word on, with only space between them. */
export function readNumbers(tokens: readonly Token[], at: number): { atoms: NumberAtom[]; next: number } {
  const atoms: NumberAtom[] = []
  let next = at
  for (;;) {
    const read = readNumber(tokens, next)
    if (!read || atoms.length >= 6) break
    // "Romans 12, one through two": recognisers write some numbers in digits and separate them with a comma.
    const isMixed =
      atoms.length === 1 && !atoms[0]?.isWord && read.atom.isWord && /^,\s$/.test(tokens[next]?.before ?? '')
    if (atoms.length > 0 && !isJoined(tokens[next]) && !isMixed) break
    // Between words a hyphen joins ("twenty-one"), between digits it makes a range ("1 2-4").
    const isHyphen = tokens[next]?.before.includes('-') ?? false
    if (atoms.length > 0 && isHyphen && !(atoms.at(-1)?.isWord && read.atom.isWord)) break
    atoms.push(read.atom)
    next = read.next
  }
  return { atoms, next }
}

/** Reads an ordinal that starts at a word: "eighth", "twenty third", "23rd", "hundred and twenty first". */
export function readOrdinal(tokens: readonly Token[], at: number): { atom: NumberAtom; next: number } | null {
  const first = tokens[at]
  if (!first) return null
  const ending = tokens[at + 1]
  if (/^\d+$/.test(first.text) && /^(?:st|nd|rd|th)$/.test(ending?.text ?? '') && ending?.before === '') {
    return {
      atom: { value: Number(first.text), start: first.start, end: ending.end, isWord: false },
      next: at + 2,
    }
  }
  let sum = 0
  let next = at
  if (first.text === 'hundred' || (/^(?:one|a)$/.test(first.text) && tokens[at + 1]?.text === 'hundred')) {
    sum = 100
    next = first.text === 'hundred' ? at + 1 : at + 2
    if (tokens[next]?.text === 'and') next += 1
  }
  const word = tokens[next]
  const plain = ordinals.get(word?.text ?? '') ?? ordinalTens.get(word?.text ?? '')
  const ten = values.get(word?.text ?? '')
  const unit = ordinals.get(tokens[next + 1]?.text ?? '')
  let end = word?.end ?? first.end
  const isHundredth =
    first.text === 'hundredth' || (/^(?:one|a)$/.test(first.text) && tokens[at + 1]?.text === 'hundredth')
  if (isHundredth) {
    const last = first.text === 'hundredth' ? at : at + 1
    return {
      atom: { value: 100, start: first.start, end: tokens[last]?.end ?? first.end, isWord: true },
      next: last + 1,
    }
  }
  if (plain !== undefined) {
    sum += plain
    next += 1
  } else if (ten !== undefined && ten >= 20 && unit !== undefined && unit < 10) {
    sum += ten + unit
    end = tokens[next + 1]?.end ?? end
    next += 2
  } else return null
  return { atom: { value: sum, start: first.start, end, isWord: true }, next }
}
