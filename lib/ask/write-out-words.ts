/** Short forms and texting, each with what it stands for. */
const shortForms: [RegExp, string][] = [
  [/\bcan'?t\b|\bcannot\b/g, 'can not'],
  [/\bwon'?t\b/g, 'will not'],
  [/\b(do|does|did|is|are|was|were|has|have|had|could|would|should|need)n'?t\b/g, '$1 not'],
  [/\bain'?t\b/g, 'am not'],
  [/\bi'?ma\b|\bimma\b/g, 'i am going to'],
  [/\bim\b|\bi'm\b/g, 'i am'],
  [/\bive\b|\bi've\b/g, 'i have'],
  [/\bi'?d(?= (?:rather|be|like|just|never|prefer|have|kill|die))/g, 'i would'],
  [/\b(they|we|you|would|should|could)'?ve\b/g, '$1 have'],
  [/\b(he|she|they|you|nobody|it|that|everyone)'?ll\b/g, '$1 will'],
  [/\b(they|you)re\b/g, '$1 are'],
  [/\b(they|you|everyone)d\b/g, '$1 would'],
  [/\b(he|she|that|there|what|whats|life|everyone|nothing)'?s(?= )/g, '$1 is'],
  [/\b(\w+)'re\b/g, '$1 are'],
  [/\b(\w+)'ll\b/g, '$1 will'],
  [/\b(\w+)'d\b/g, '$1 would'],
  [/\b(it|who|nobody)'s\b/g, '$1 is'],
  [/\bwanna\b/g, 'want to'],
  [/\bgonna\b/g, 'going to'],
  [/\btryna\b/g, 'trying to'],
  [/\bgotta\b/g, 'have to'],
  [/\blemme\b/g, 'let me'],
  [/\bcba\b/g, 'can not'],
  [/\b(want|wants|wanted|going|need|needs|ready|trying|tried|how|have|used) 2\b/g, '$1 to'],
  [/\bto b\b/g, 'to be'],
  [/\bur\b/g, 'your'],
  [/\bu\b/g, 'you'],
  [/\bpl(?:s|z)\b/g, 'please'],
  [/\b(?:bc|cuz|coz|cos|bcuz|becuz)\b/g, 'because'],
  [/\brn\b/g, 'right now'],
  [/\b(?:idk|dunno)\b/g, 'do not know'],
  [/\bppl\b/g, 'people'],
  [/\b(some|every|any)(?:1|body)\b/g, '$1one'],
  [/\bno(?:[ -]one|1)\b/g, 'nobody'],
  [/\b(?:2nite|tonite|2night)\b/g, 'tonight'],
  [/\bn(?= )/g, 'and'],
  [/\bw\/ ?/g, 'with '],
  [/\boutta\b/g, 'out of'],
  [/\banymore\b/g, 'any more'],
  [/\bfor\s+ever\b/g, 'forever'],
  [/\b(kill|hurt|cutt|hitt|beat|think|feel|liv|dy|go|touch|do|threaten|scream|abus)in\b'?/g, '$1ing'],
  [/\bo\.?d\.?'?e?d\b/g, 'overdosed'],
  [/\b(to|and|might|will|could) o\.?d\b/g, '$1 overdose'],
  [/\bdieing\b/g, 'dying'],
  [/\b(?:my|me) self\b(?![ -]?(?:harm|injur|hat|control|esteem|worth|denial))|\bmeself\b/g, 'myself'],
  [/\b(him|her) self\b/g, '$1self'],
  [
    /\b(step|ex)[ -]+(?=(?:husband|wife|father|dad|mother|mum|mom|brother|sister|son|daughter|partner|boyfriend|girlfriend))/g,
    '$1',
  ],
  [/\b(mother|father|brother|sister|son|daughter)[ -]in[ -]law\b/g, '$1'],
]

/** Words without which a sentence about distress is not understood. */
const important =
  `suicide suicidal overdose overdosed myself himself herself killing hurting cutting harming abused abusive
  abusing molested molesting strangled strangling threatened threatens threatening husband boyfriend girlfriend daughter
  beating hitting punched punches anorexic anorexia bulimic bulimia assaulted violent depressed worthless hopeless
  alive anyone scared terrified nobody everyone`.split(/\s+/)
/** Short ones, of which a slip might be any word. */
const shortSlips = new Map(
  Object.entries({
    kill: 'kil kll klil kiil',
    life: 'lif lfe liffe',
    live: 'liv lvie',
    die: 'dei diee',
    dead: 'daed ded',
    hurt: 'hrut hurrt hert',
    hits: 'hitts',
    want: 'wnat wan wnt wamt',
    would: 'woud wuld wud',
    raped: 'rapped rapd',
    help: 'hlep halp',
    without: 'withot witout withut',
    better: 'beter bettr',
  }).flatMap(([word, slips]) => slips.split(' ').map((slip): [string, string] => [slip, word])),
)
/** Words of their own that are one letter away from an important one. */
const otherWords = new Set(
  'boating bating batting hurtling violet violets husbands daughters boyfriends girlfriends cursing hiring herring'.split(
    ' ',
  ),
)
const LEAST_LENGTH = 5
const vowels = /^[aeiouy]$/

/** Whether one word is the other with a letter left out, added or doubled, two letters swapped, or another vowel. */
function isSlipOf(slip: string, word: string): boolean {
  let from = 0
  while (from < slip.length && slip[from] === word[from]) from += 1
  const [rest, of] = [slip.slice(from), word.slice(from)]
  if (rest.slice(1) === of || of.slice(1) === rest) return true
  if (rest.length !== of.length) return false
  if (rest[0] === of[1] && rest[1] === of[0] && rest.slice(2) === of.slice(2)) return true
  return rest.slice(1) === of.slice(1) && vowels.test(rest[0] ?? '') && vowels.test(of[0] ?? '')
}

/** The word that a slip of the fingers stands for, or the word itself. */
function correctSlip(written: string): string {
  const short = shortSlips.get(written)
  if (short !== undefined) return short
  if (/^suic?[iae]?[scd]+[iae]?d?e?$/.test(written) && written.length > 5) return 'suicide'
  if (/^su[ic]+[isc]*d[iae]l$/.test(written)) return 'suicidal'
  if (written.length < LEAST_LENGTH || otherWords.has(written) || important.includes(written)) return written
  return important.find((word) => word[0] === written[0] && isSlipOf(written, word)) ?? written
}

/**
 * A text in small letters with its short forms, texting and slips written out, so that a pattern needs one form
 * only: "im gonna kil myslef" is "i am going to kill myself".
 */
export function writeOutWords(source: string): string {
  let text = source
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/\s+/g, ' ')
  for (const [short, long] of shortForms) text = text.replace(short, long)
  return text
    .replace(/\p{L}+/gu, correctSlip)
    .replace(/[*_"“”]/g, '')
    .replace(/\s+/g, ' ')
}
