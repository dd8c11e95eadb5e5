const exceptions = new Map(
  Object.entries({
    skis: 'ski',
    skies: 'sky',
    idly: 'idl',
    gently: 'gentl',
    ugly: 'ugli',
    early: 'earli',
    only: 'onli',
    singly: 'singl',
  }),
)
const unchanged = new Set(['andes', 'atlas', 'bias', 'cosmos', 'howe', 'news', 'sky'])
const longPrefix = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/
const hasVowel = /[aeiouy]/
const endsShort = /(?:[^aeiouy][aeiouy][^aeiouwxyY]|^[aeiouy][^aeiouy]|past)$/
const doubled = /(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/
const keepsIng = /^(?:even|cann|inn|earr|herr|out)$/

type Rule = readonly [ending: string, replacement: string]

/** Longest endings first, because the first match is used. */
const longestFirst = (rules: readonly Rule[]) => rules.toSorted((a, b) => b[0].length - a[0].length)

const derivations = longestFirst([
  ['tional', 'tion'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['abli', 'able'],
  ['entli', 'ent'],
  ['izer', 'ize'],
  ['ization', 'ize'],
  ['ational', 'ate'],
  ['ation', 'ate'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['alli', 'al'],
  ['fulness', 'ful'],
  ['ousli', 'ous'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['iviti', 'ive'],
  ['biliti', 'ble'],
  ['bli', 'ble'],
  ['ogist', 'og'],
  ['fulli', 'ful'],
  ['lessli', 'less'],
  ['ogi', 'og'],
  ['li', ''],
])
const suffixes = longestFirst([
  ['tional', 'tion'],
  ['ational', 'ate'],
  ['alize', 'al'],
  ['icate', 'ic'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
  ['ative', ''],
])
const endings = /(?:ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|ion|al|er|ic)$/

/**
 * The stem of a lower-case English word by the Snowball project's English algorithm ("Porter2").
 * Words that are not plain a-z are returned unchanged.
 */
export function stemEnglish(original: string): string {
  if (!/^[a-z]{3,}$/.test(original) || unchanged.has(original)) return original
  const exception = exceptions.get(original)
  if (exception) return exception
  let word = original.replace(/^y/, 'Y').replace(/(?<=[aeiouy])y/g, 'Y')
  const [firstRegion, secondRegion] = regions(word)
  const inFirst = (length: number) => word.length - length >= firstRegion
  const inSecond = (length: number) => word.length - length >= secondRegion

  word = cutPlural(word)
  word = cutPast(word, firstRegion)
  if (/.[^aeiouy][yY]$/.test(word)) word = `${word.slice(0, -1)}i`

  const derivation = derivations.find(([ending]) => word.endsWith(ending))
  if (derivation && inFirst(derivation[0].length)) {
    const [ending, replacement] = derivation
    const stem = word.slice(0, -ending.length)
    const isAllowed =
      ending === 'li' ? /[cdeghkmnrt]$/.test(stem) : ending === 'ogi' ? stem.endsWith('l') : true
    if (isAllowed) word = stem + replacement
  }
  const suffix = suffixes.find(([ending]) => word.endsWith(ending))
  if (suffix && inFirst(suffix[0].length) && (suffix[0] !== 'ative' || inSecond(5))) {
    word = word.slice(0, -suffix[0].length) + suffix[1]
  }
  const ending = endings.exec(word)?.[0]
  if (ending && inSecond(ending.length)) {
    const stem = word.slice(0, -ending.length)
    if (ending !== 'ion' || /[st]$/.test(stem)) word = stem
  }
  if (word.endsWith('e')) {
    const stem = word.slice(0, -1)
    if (inSecond(1) || (inFirst(1) && !endsShort.test(stem))) word = stem
  } else if (word.endsWith('ll') && inSecond(1)) word = word.slice(0, -1)
  return word.toLowerCase()
}

/** Where the regions R1 and R2 of the algorithm begin. */
function regions(word: string): [number, number] {
  const after = (from: number) => {
    const found = /[aeiouy][^aeiouy]/.exec(word.slice(from))
    return found ? from + found.index + 2 : word.length
  }
  const prefix = longPrefix.exec(word)?.[0]
  const first = prefix ? prefix.length : after(0)
  return [first, after(first)]
}

function cutPlural(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2)
  if (/ie[ds]$/.test(word)) return word.length > 4 ? word.slice(0, -2) : word.slice(0, -1)
  if (/(?:us|ss)$/.test(word) || !word.endsWith('s')) return word
  return hasVowel.test(word.slice(0, -2)) ? word.slice(0, -1) : word
}

function cutPast(word: string, firstRegion: number): string {
  const complete = /eed(?:ly)?$/.exec(word)
  if (complete) {
    const isKept = complete.index < firstRegion || /^(?:succ|proc|exc)$/.test(word.slice(0, complete.index))
    return isKept ? word : `${word.slice(0, complete.index)}ee`
  }
  const past = /(?:ed|edly|ing|ingly)$/.exec(word)
  if (!past) return word
  let stem = word.slice(0, past.index)
  if (past[0] === 'ing') {
    if (/^[^aeiouy]y$/.test(stem)) return `${stem.slice(0, -1)}ie`
    if (keepsIng.test(stem)) return word
  }
  if (!hasVowel.test(stem)) return word
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`
  if (doubled.test(stem)) {
    if (!/^[aeo]..$/.test(stem)) stem = stem.slice(0, -1)
    return stem
  }
  return stem.length === firstRegion && endsShort.test(stem) ? `${stem}e` : stem
}
