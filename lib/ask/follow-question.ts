/** How many earlier questions of a conversation are used. */
export const MAX_EARLIER = 5
/** A question with more words of content than this names its subject itself. */
const MAX_OPEN_WORDS = 2

const joins =
  /^(?:(?:and|but|or|so|also|then)\b|(?:what|how) about\b|(?:why|how|when|where|who|which|really)(?: (?:so|not|then|often|long|much|exactly|one|is that|was that))?\s*[?.!]*$)/i
const pointing =
  /\b(?:he|him|his|she|her|hers|it|its|they|them|their|theirs|this|that|these|those|there|then|one|ones)\b/i
/** "What does it mean to …?" points at nothing said before. */
const empty =
  /\b(?:does|is|was|would|will|did|can|makes?) it (?:really )?(?:mean|means|take|possible|wrong|right|ok|okay|good|bad|better|true|important|hard|matter|say|a sin)\b/gi

const smallWords = new Set(
  `a an and are as at be been but by can could did do does for from had has have how i if in into is me my not of on or our say says said shall should
  so tell than the to too us was we were what when where which who whom whose why will with would you your about also more any anything else something
  mean means meant happen happened happens think he him his she her hers it its they them their theirs this that these those there then one ones really`.split(
    /\s+/,
  ),
)

/**
 * The text to search for: a question that leaves out its subject ("and what about his brother?") is read
 * together with the earlier ones to which it refers, oldest first in `earlier`. Other questions are not changed.
 * `written` is what stands for the question in that text.
 */
export function followQuestion(question: string, earlier: readonly string[], written = question): string {
  const [previous, ...before] = [...earlier].reverse()
  if (previous === undefined || !isOpen(question)) return written
  return `${followQuestion(previous, before.reverse())} ${written}`
}

function isOpen(question: string): boolean {
  const text = question.normalize('NFKC').trim().replace(empty, ' ')
  if (joins.test(text)) return true
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const content = words.filter((word) => !smallWords.has(word)).length
  return content === 0 || (content <= MAX_OPEN_WORDS && pointing.test(text))
}
