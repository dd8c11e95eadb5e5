const hasVowel = /[aeiouy]/
const endsCvc = /[^aeiouy][aeiouy][^aeiouwxy]$/

/** The number of vowel-consonant turns, Porter's "measure". */
function measure(stem: string): number {
  const shape = stem
    .replace(/y(?=[aeiou])/g, 'b')
    .replace(/[aeiouy]+/g, 'V')
    .replace(/[^V]+/g, 'C')
  return (shape.match(/VC/g) ?? []).length
}

type Rule = readonly [ending: string, replacement: string]

const derivations: readonly Rule[] = [
  ['ational', 'ate'],
  ['ization', 'ize'],
  ['isation', 'ise'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['tional', 'tion'],
  ['biliti', 'ble'],
  ['lessli', 'less'],
  ['entli', 'ent'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['fulli', 'ful'],
  ['ousli', 'ous'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['abli', 'able'],
  ['alli', 'al'],
  ['ator', 'ate'],
  ['bli', 'ble'],
  ['eli', 'e'],
]
const suffixes: readonly Rule[] = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
]
const endings = [
  'ement',
  'ance',
  'ence',
  'able',
  'ible',
  'ment',
  'ant',
  'ent',
  'ism',
  'ate',
  'iti',
  'ous',
  'ive',
  'ize',
  'ion',
  'al',
  'er',
  'ic',
] as const

function applyFirst(word: string, rules: readonly Rule[]): string {
  for (const [ending, replacement] of rules) {
    if (word.endsWith(ending)) {
      const stem = word.slice(0, -ending.length)
      return measure(stem) > 0 ? stem + replacement : word
    }
  }
  return word
}

/**
 * The stem of a lower-case English word (Porter's algorithm, with the `-eth` and `-est` of older
 * English). Words that are not plain a-z come back as they are.
 */
export function stemWord(original: string): string {
  if (original.length < 3 || !/^[a-z]+$/.test(original)) return original
  let word = original
  if (/(?:ss|i)es$/.test(word)) word = word.slice(0, -2)
  else if (/[^s]s$/.test(word)) word = word.slice(0, -1)

  const olden = /^(.{3,})(?:eth|edst)$/.exec(word)?.[1]
  if (word.endsWith('eed')) {
    if (measure(word.slice(0, -3)) > 0) word = word.slice(0, -1)
  } else {
    const stem = olden ?? /^(.*)(?:ed|ing)$/.exec(word)?.[1]
    if (stem !== undefined && hasVowel.test(stem)) {
      word = stem
      if (/(?:at|bl|iz)$/.test(word)) word += 'e'
      else if (/([^aeioulsz])\1$/.test(word)) word = word.slice(0, -1)
      else if (measure(word) === 1 && endsCvc.test(word)) word += 'e'
    }
  }
  if (/.[^aeiou]y$/.test(word)) word = `${word.slice(0, -1)}i`
  word = applyFirst(word, derivations)
  word = applyFirst(word, suffixes)
  for (const ending of endings) {
    if (!word.endsWith(ending)) continue
    const stem = word.slice(0, -ending.length)
    if (measure(stem) > 1 && (ending !== 'ion' || /[st]$/.test(stem))) word = stem
    break
  }
  if (word.endsWith('e')) {
    const stem = word.slice(0, -1)
    const size = measure(stem)
    if (size > 1 || (size === 1 && !endsCvc.test(stem))) word = stem
  }
  return measure(word) > 1 && word.endsWith('ll') ? word.slice(0, -1) : word
}
