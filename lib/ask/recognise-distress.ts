/** Words about self-harm. */
const selfHarm = [
  /\b(?:kill|hurt|harm|cut|hang|drown|shoot|poison|starve)(?:t?ing)?\s+(?:my\s*self|me\s+self)\b/,
  /\b(?:end|ending|take|taking|taken)\s+(?:my\s+(?:own\s+)?life|it\s+all)\b/,
  /\bsuicid(?:e|al)\b/,
  /\bself[\s-]?harm(?:ing)?\b/,
  /\bi(?:'d|'m)?\b(?:\s+\w+){0,2}\s+(?:want|wanted|wish|wanna|like|rather|ready|going|prefer)\s+(?:to\s+)?(?:be\s+)?(?:die|dead)\b(?!\s+to\b)|\bi\s+(?:want|wanted|wish|wanna)\s+(?:to\s+)?(?:be\s+)?(?:die|dead)\b(?!\s+to\b)|\bi(?:'d|\s+would)\s+rather\s+(?:be\s+dead|die)\b/,
  /\bwish\s+(?:that\s+)?i\s+(?:was|were|had)\s+(?:dead|never\s+(?:been\s+)?born|not\s+(?:alive|here))\b/,
  /\b(?:don'?t|dont|do\s+not|no\s+longer|can'?t|cannot)\s+(?:want\s+to\s+)?(?:be\s+alive|live|go\s+on(?:\s+living)?|exist|wake\s+up)(?:\s+any\s?more|\s+any\s+longer)?\s*(?:[.!?,]|$)/,
  /\b(?:no|any)\s+(?:reason|point|sense)\s+(?:to|in|of)\s+(?:live|living|life|go(?:ing)?\s+on|being\s+alive)\b/,
  /\b(?:life|living)\s+is(?:n'?t|\s+not)\s+worth\s+(?:living|it)\b/,
  /\b(?:everyone|everybody|they|family|world|people)\b.{0,30}\bbetter\s+off\s+(?:without\s+me|if\s+i)\b/,
  /\b(?:overdose|jump(?:ing)?\s+off\s+(?:a|the)\s+(?:bridge|roof|building))\b/,
  /\bnot\s+(?:want|wanting)\s+to\s+(?:be\s+here|live)\b/,
]

/** Words about being harmed, or about present danger. */
const harmed = [
  /\b(?:he|she|they|someone|somebody|husband|wife|partner|father|mother|dad|mum|mom|boyfriend|girlfriend|uncle|brother|stepfather|stepdad|stepmother|pastor|priest|leader|teacher|boss|ex)\s+(?:is\s+|has\s+been\s+|keeps?\s+(?:on\s+)?|always\s+|often\s+|sometimes\s+)*(?:hit|hits|hitting|beat|beats|beating|abus(?:e|es|ed|ing)|hurts|hurting|rap(?:e|es|ed|ing)|molest(?:s|ed|ing)?|chok(?:e|es|ed|ing)|threaten(?:s|ed|ing)?|assault(?:s|ed|ing)?|touch(?:es|ed|ing))\s+(?:me|us|my\s+(?:child|children|son|daughter|kids|sister|brother|mother|mum|mom))\b/,
  /\b(?:i|i'?m|i\s+am|i\s+was|i\s+have\s+been|being|we\s+are)\s+(?:being\s+|been\s+|getting\s+)?(?:abused|raped|molested|beaten|assaulted|stalked|trafficked|threatened)\b/,
  /\b(?:sexual(?:ly)?|domestic|child|emotional(?:ly)?|physical(?:ly)?)\s+(?:abuse[ds]?|violence)\b/,
  /\b(?:afraid|scared|frightened|fear)\b.{0,20}\b(?:of|for|that)\b.{0,25}\b(?:husband|wife|partner|boyfriend|girlfriend|father|stepfather|my\s+life)\b/,
  /\b(?:afraid|scared|frightened|terrified)\b.{0,30}\b(?:will|would|might|could|to)\s+(?:kill|hurt|beat|harm)\s+(?:me|us|my)\b/,
  /\b(?:going|wants?|threatens?|tried|trying|threatened)\s+to\s+(?:kill|hurt|strangle)\s+(?:me|us|my\s+(?:child|children|son|daughter|kids))\b/,
  /\b(?:i|we|my\s+(?:child|children|son|daughter|kids))\b.{0,20}\b(?:not\s+safe|unsafe|in\s+danger)\b/,
]

/** The same words about other people, books or doctrine. */
const harmless = [
  /\b(?:dying|die|died|dead|death)\s+to\s+(?:self|sin|my\s*self|the\s+(?:law|world|flesh|old)|ourselves)\b/g,
  /\b(?:kill|killing|hate|hating|deny|denying|crucify(?:ing)?)\s+(?:my\s+|our\s+|your\s+)?(?:sin|sins|self|flesh|old\s+(?:man|self)|pride|lust)\b/g,
  /\bfear\s+of\s+(?:god|the\s+lord)\b/g,
]

/**
 * Whether a question is about self-harm, abuse or danger, so that help is shown first. Words of doctrine such as
 * "dying to self" do not count.
 */
export function recogniseDistress(question: string): boolean {
  let text = question.normalize('NFKC').toLowerCase().replace(/[’‘ʼ]/g, "'").replace(/\s+/g, ' ')
  for (const pattern of harmless) text = text.replace(pattern, ' ')
  return [...selfHarm, ...harmed].some((pattern) => pattern.test(text))
}
