/**
 * Usual forms of the months that Intl does not give, without those that are English words or books ("set", "out",
 * "Gen").
 */
const usualForms: readonly string[][] = [
  'january jan januar jänner janv enero ene'.split(' '),
  'february feb febr fevrier févr fev'.split(' '),
  'march mar maerz mrz'.split(' '),
  'april apr avr abr'.split(' '),
  'may mai'.split(' '),
  'june jun'.split(' '),
  'july jul lug'.split(' '),
  'august aug aout'.split(' '),
  'september sep sept setiembre'.split(' '),
  'october oct okt ott'.split(' '),
  'november nov'.split(' '),
  'december dec dez decembre déc dic'.split(' '),
]
/** Languages whose month names are read in dates such as "10 března 2024". */
const languages = (
  'de fr es pt it nl sv da nb fi is et lv lt pl cs sk sl hr ro hu sq tr id ms sw fil af ca gl eu cy ga ' +
  'uk ru be bg sr mk el hy ka he ar fa hi'
).split(' ')
const english = 'en'

/** The names of the twelve months: alone, and as they are inflected after a day ("marzec", "10 marca"). */
function namesIn(language: string): string[][] {
  const forms = [{}, { day: 'numeric' } as const].map(
    (form) =>
      new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { timeZone: 'UTC', month: 'long', ...form }),
  )
  return usualForms.map((_, month) =>
    forms
      .map((form) => form.formatToParts(Date.UTC(2024, month, 10)).find(({ type }) => type === 'month'))
      .map((part) => part?.value.toLowerCase() ?? '')
      .filter((name) => /^\p{L}[\p{L}\p{M}’']{2,}$/u.test(name)),
  )
}

/** The months that each name can mean; "listopad" is October in Croatian and November in Polish. */
function collect(ofLanguages: readonly string[]): Map<string, Set<number>> {
  const months = new Map<string, Set<number>>()
  for (const table of [usualForms, ...ofLanguages.map(namesIn)]) {
    for (const [index, names] of table.entries()) {
      for (const name of names) months.set(name, (months.get(name) ?? new Set()).add(index + 1))
    }
  }
  return months
}

// Longest first, so that "marzo" is not read as "mar".
const alternatives = (names: Iterable<string>) => [...names].sort((a, b) => b.length - a.length).join('|')
const ending = '(?![\\p{L}\\p{M}])\\.?'

/** The numbers of the months that a name in lower case can mean. */
export const monthsOf = collect([english, ...languages])
/** The source of a pattern for a month's name, in a group. */
export const monthPattern = `(${alternatives(monthsOf.keys())})${ending}`
/** The same for languages that write the month before the day; elsewhere "Mars 5 2024" is no date. */
export const leadingMonthPattern = `(${alternatives(collect([english, 'es', 'fil']).keys())})${ending}`
/** The languages in which dates are read. */
export const dateLanguages: readonly string[] = [english, ...languages]
