/** Written out before the patterns are tried, so that each of them needs one form only. */
const contractions: [RegExp, string][] = [
  [/\bcan'?t\b|\bcannot\b/g, 'can not'],
  [/\bwon'?t\b/g, 'will not'],
  [/\b(do|does|did|is|are|was|were|has|have|had|could|would|should)n'?t\b/g, '$1 not'],
  [/\bim\b|\bi'm\b/g, 'i am'],
  [/\bive\b|\bi've\b/g, 'i have'],
  [/\b(\w+)'ve\b/g, '$1 have'],
  [/\b(\w+)'re\b/g, '$1 are'],
  [/\b(\w+)'ll\b/g, '$1 will'],
  [/\b(\w+)'d\b/g, '$1 would'],
  [/\b(he|she|it|that|there|what|who|nobody|life)'s\b/g, '$1 is'],
  [/\bwanna\b/g, 'want to'],
  [/\bgonna\b/g, 'going to'],
  [/\banymore\b/g, 'any more'],
  [/\bno[\s-]one\b/g, 'nobody'],
  [/\bsomebody\b/g, 'someone'],
  [/\bmy\s+self\b/g, 'myself'],
  [
    /\b(step|ex)[\s-]+(?=(?:husband|wife|father|dad|mother|mum|mom|brother|sister|son|daughter|partner|boyfriend|girlfriend))/g,
    '$1',
  ],
]

/** The same words about doctrine, people of the Bible or everyday things. */
const harmless = [
  /\b(?:die|dies|died|dying|dead|death)\s+to\s+(?:the\s+|my\s+|our\s+|your\s+|one\s+)?(?:self|sin|sins|myself|ourselves|law|world|flesh|old|pride|ego)\b/g,
  /\b(?:die|dies|dying|ready\s+to\s+die)\s+for\s+(?!me\b)/g,
  /\b(?:be|being|get|getting|make\s+me)\s+ready\s+to\s+die\b/g,
  /\bdying\s+to\s+(?!be\s+(?:dead|gone)\b)\w+/g,
  /\b(?:kill|killing|hate|hating|deny|denying|crucify|crucifying)\s+(?:the\s+|my\s+|our\s+|your\s+)?(?:sin|sins|self|flesh|old\s+(?:man|self)|pride|lust)\b/g,
  /\bstarv(?:e|es|ed|ing)\s+(?:my|our|your)sel(?:f|ves)\s+of\b/g,
  /\b(?:satan|the\s+devil|devil|the\s+enemy|sin|my\s+sin|death|the\s+flesh|temptation|grace|god|jesus|christ|the\s+lord)(?:\s+\w+){0,4}?\s+(?:kill|kills|hurt|hurts|beat|beats|attack|attacks|attacking|destroy|threaten|threatens|touch|touched)\s+(?:me|us)\b/g,
  /\b(?:heavenly\s+father|father\s+in\s+heaven|god\s+the\s+father)\b/g,
  /\bfear\s+of\s+(?:god|the\s+lord)\b/g,
  /\bbeaten\s+(?:down|by\s+(?:sin|temptation|satan|doubt|fear|the\s+(?:devil|enemy|world)))\b/g,
  /\b(?:hit|hits|beat|beats)\s+me\s+(?:hard|that|to|like|at\s+(?:chess|tennis|cards))\b/g,
  /\b(?:judas|saul|samson|ahithophel|jonah|elijah|job|jeremiah|jailer|zimri)\b[^.!?]*\b(?:suicide|kill(?:ed|ing)?\s+himself|hang(?:ed)?\s+himself|hung\s+himself)\b/g,
  /\bsuicide\b[^.!?]*\b(?:judas|saul|samson|ahithophel|masada)\b/g,
  /\bsuicide\s+(?:bomb\w*|squad)\b/g,
]

const END = String.raw`(?=\s*(?:[.!?,;]|$|\band\b|\bbut\b|\bbecause\b|\bif\b|\bwhen\b|\bsince\b|\b(?:with|like)\s+this\b|\bany\s+(?:more|longer)\b|\bagain\b|\btonight\b|\btomorrow\b|\btoday\b|\bin\s+the\s+morning\b))`
const SELF = '(?:myself|himself|herself|themsel(?:f|ves)|him\\s+self|her\\s+self)'
const HURT_SELF =
  '(?:kill|kills|killed|killing|hurt|hurts|hurting|harm|harms|harmed|harming|cut|cuts|cutting|hang|hanged|hanging|hung|drown|drowned|drowning|shoot|shot|shooting|poison|poisoned|poisoning|starve|starved|starving|burn|burns|burned|burnt|burning|injure|injured|injuring|unalive)'
const RELATIVE =
  '(?:husband|wife|spouse|partner|boyfriend|girlfriend|fianc(?:e|é)e?|ex|(?:ex|step)?(?:husband|wife|partner|boyfriend|girlfriend|father|dad|mother|mum|mom|brother|sister|son|daughter)|daddy|mummy|mommy|parents?|uncle|aunt|cousin|grand(?:father|mother|pa|ma|dad)|grandad|niece|nephew|child|children|kids?|baby|teenager|teen)'
const OTHER =
  '(?:friend|best\\s+friend|neighbou?r|roommate|flatmate|housemate|coach|teacher|tutor|boss|manager|colleague|carer|doctor|man|men|guy|boy|boys|relative|pastor|priest|vicar|elder|minister|deacon|bishop|preacher|counsell?or|leader|leaders|member|mentor|worker)'
const WHOSE =
  "(?:my|our|her|his|the|a|an|this|some|one\\s+of\\s+my|one\\s+of\\s+our)(?:\\s+[\\w-]+){0,2}?(?:'s)?"
const SOMEONE = `(?:he|she|they|someone|mum|mom|mummy|mommy|dad|daddy|husband|${WHOSE}\\s+(?:${RELATIVE}|${OTHER})(?:\\s+(?:of\\s+mine|(?:at|in|from)\\s+(?:my\\s+|our\\s+|the\\s+)?(?:church|school|work|college|youth\\s+group)))?)`
const MINE = `(?:my|our)\\s+(?:[\\w-]+\\s+){0,2}?(?:${RELATIVE}|${OTHER})`
const HELPERS =
  '(?:\\s+(?:is|was|are|were|has|have|had|been|be|being|keep|keeps|kept|on|used|to|always|often|sometimes|still|just|once|regularly|sexually|physically|verbally|repeatedly|now|also|even|will|would|started|starts|tries|tried|threatens|threatened|who|that|says|said|he|she|they|going|wants|might|may|could|inappropriately))*'
const VIOLENT =
  '(?:hit|hits|hitting|beat|beats|beating|beaten|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?|slap(?:s|ped|ping)?|chok(?:e|es|ed|ing)|strangl(?:e|es|ed|ing)|abus(?:e|es|ed|ing)|hurts|hurting|harm(?:s|ed|ing)?|rap(?:e|es|ed|ing)|molest(?:s|ed|ing)?|assault(?:s|ed|ing)?|grop(?:e|es|ed|ing)|threaten(?:s|ed|ing)?|stalk(?:s|ed|ing)?|whip(?:s|ped|ping)?|shov(?:e|es|ed|ing)|attack(?:s|ed|ing)?|lock(?:s|ed|ing)?|drug(?:s|ged|ging)?|groom(?:s|ed|ing)?|kill|strangle|burn(?:s|ed|t|ing)?|thr(?:ow|ows|ew|owing)\\s+(?:\\w+\\s+){1,3}at)'
const VICTIM = `(?:me|us|my|our|the\\s+(?:kids|children|baby|boys|girls)|his\\s+(?:wife|kids?|child|children|son|daughter|girlfriend|stepdaughter)|her\\s+(?:husband|kids?|child|children|son|daughter)|their\\s+(?:kids?|child|children|son|daughter|baby))`
const WANTS =
  '(?:want|wants|wanted|wanting|deserve|wish|wished|would\\s+like|would\\s+rather|would\\s+prefer|prefer|rather|long|longing|hope|hoping|pray|praying|ready|going|feel\\s+like|feeling\\s+like)'
const TO_DIE =
  '(?:(?:to\\s+)?(?:just\\s+)?(?:be\\s+)?(?:die|dying|dead)|to\\s+(?:just\\s+)?(?:disappear|vanish|stop\\s+existing|cease\\s+to\\s+exist|not\\s+(?:exist|be\\s+here|be\\s+alive|wake\\s+up)|be\\s+gone))'
const ALIVE =
  '(?:be(?:ing)?\\s+alive|live|living|exist|existing|go(?:ing)?\\s+on(?:\\s+living)?|carry(?:ing)?\\s+on|keep\\s+going|keep\\s+living|continue|wake\\s+up|be(?:ing)?\\s+here|be(?:ing)?\\s+around|stay(?:ing)?\\s+alive|face\\s+another\\s+day|see\\s+tomorrow)'

/** Sentences about self-harm. `i` and `my` keep people of the Bible apart. */
const selfHarm = [
  `\\b${HURT_SELF}\\s+(?:myself|me\\s+self)\\b`,
  `\\b(?:${MINE}|i|me|he|she)\\b[^.!?]*\\b(?:want|wants|wanted|going|threatens?|threatened|threatening|tried|trying|tries|talks?|talking|thinks?|thinking|thoughts?|plans?|planning|is|keeps?|has\\s+been|cuts|says)\\b[^.!?]{0,30}\\b${HURT_SELF}\\s+${SELF}\\b`,
  `\\b(?:${MINE})\\b[^.!?]{0,40}\\b${HURT_SELF}\\s+${SELF}\\b`,
  '\\b(?:cut|cuts|cutting|burn|burning|slit|slitting|slash|slashed)\\s+(?:my|her|his)\\s+(?:own\\s+)?(?:arms?|wrists?|legs?|thighs?|skin|body|stomach)\\b',
  '\\b(?:kms|unalive)\\b',
  '\\bself[\\s-]?(?:harm|injur)\\w*',
  '\\bsuicid(?:e|es|al|ality)\\b|\\bcommit(?:ted|ting)?\\s+suicide\\b',
  '\\b(?:end|ending|ended|take|taking|taken|took)\\s+(?:my|his|her|their)\\s+own\\s+li(?:fe|ves)\\b',
  `\\b(?:end|ending|ended|take|taking|taken|took)\\s+my\\s+life${END}`,
  `\\b(?:${MINE})\\b[^.!?]{0,40}\\b(?:end|ending|take|taking|took)\\s+(?:his|her|their)\\s+(?:own\\s+)?life\\b`,
  `\\b(?:thought|thoughts|think|thinking|thinks|plan|planning|want|wanted|wants|ready|going|decided|tempted|about)\\s+(?:of\\s+|about\\s+|to\\s+)*(?:just\\s+)?end(?:ing)?\\s+(?:it|it\\s+all|things|everything|my\\s+life)${END}`,
  '\\bend(?:ing)?\\s+it\\s+all\\b',
  `\\b(?:i|${MINE})\\b(?:\\s+\\w+){0,4}?\\s+${WANTS}\\s+(?:that\\s+)?${TO_DIE}\\b`,
  '\\bi\\s+(?:wish|wished)(?:\\s+that)?\\s+i\\s+(?:was|were|am|had|would|could)\\s+(?:just\\s+)?(?:dead|die|disappear|never\\s+(?:been\\s+)?born|not\\s+(?:alive|here|been\\s+born)|gone|asleep\\s+for\\s+ever)\\b',
  `\\b(?:i|we)\\b[^.!?]{0,40}\\b(?:not|never|no\\s+longer|without)\\s+(?:to\\s+)?(?:(?:want|wanting|wish|deserve|know\\s+how|see\\s+how|think\\s+i\\s+want|have\\s+the\\s+strength|think\\s+i\\s+can)\\s+(?:to\\s+|i\\s+can\\s+)?)?${ALIVE}${END}`,
  `\\b(?:i|we)\\s+(?:just\\s+|really\\s+)?can\\s+not\\s+(?:do|take|bear|stand|cope\\s+with)\\s+(?:this|it|life|my\\s+life)\\s+any\\s+(?:more|longer)\\b`,
  '\\bnever\\s+(?:to\\s+)?wak(?:e|ing)\\s+up\\b',
  '\\bi\\s+(?:should|do)\\s+not\\s+(?:be\\s+alive|have\\s+been\\s+born|deserve\\s+(?:to\\s+live|life|to\\s+be\\s+alive|to\\s+exist))|\\bi\\s+should\\s+never\\s+have\\s+been\\s+born\\b',
  `\\b(?:no|any|what\\s+is\\s+the|what\\s+is\\s+my|the)\\s+(?:real\\s+)?(?:reason|point|use|sense)\\s+(?:left\\s+)?(?:(?:to|in|of|for|for\\s+me\\s+to)\\s+)?(?:keep\\s+|even\\s+)?(?:me\\s+)?(?:live|living|my\\s+life|go(?:ing)?\\s+on|being\\s+alive|be(?:ing)?\\s+here|carry(?:ing)?\\s+on|exist(?:ing)?)${END}`,
  `\\bwhy\\s+(?:should\\s+i|do\\s+i|i\\s+should|am\\s+i|must\\s+i|bother)\\s+(?:even\\s+|still\\s+)?(?:keep\\s+on\\s+|keep\\s+|go\\s+on\\s+|to\\s+)*(?:live|living|alive|exist|existing|go\\s+on|here)${END}`,
  '\\b(?:no|any)\\s+(?:reason|point|sense|purpose)\\s+(?:in|to|for)\\s+(?:my\\s+)?life\\b',
  '\\bnothing\\s+(?:left\\s+|more\\s+)?(?:to\\s+live\\s+for|worth\\s+living)\\b',
  '\\b(?:lost|losing|lose|no)\\s+(?:the\\s+|my\\s+|all\\s+|any\\s+)*(?:will|desire|wish|strength)\\s+to\\s+(?:live|go\\s+on|keep\\s+(?:going|living))\\b',
  '\\b(?:life|living|my\\s+life)\\s+is\\s+not\\s+worth\\s+(?:living|it)\\b',
  `\\bi\\b[^.!?]{0,25}\\b(?:tired|sick|weary|done|finished|through|fed\\s+up|had\\s+enough)\\s+(?:of|with)\\s+(?:being\\s+alive|living|life|my\\s+life|existing|existence|everything)${END}`,
  `\\bi\\s+(?:really\\s+|just\\s+|absolutely\\s+)?(?:hate|loathe)\\s+(?:being\\s+alive|living|existing|my\\s+life)${END}`,
  '\\b(?:would|will)\\s+(?:anyone|anybody|people|they)(?:\\s+even)?\\s+(?:miss|notice|mourn|care)\\b[^.!?]{0,20}\\b(?:me|if\\s+i|i\\s+(?:was|were|died|am))\\b',
  '\\b(?:whether|if)\\s+i\\s+live\\s+or\\s+die\\b|\\bno\\s+(?:other\\s+)?way\\s+out\\s+(?:except|but|than|other\\s+than)\\s+(?:death|dying|suicide)\\b|\\bi\\s+(?:still\\s+|often\\s+|always\\s+|sometimes\\s+)?(?:cut|burn)\\s+(?:because|when|to\\s+(?:feel|cope))\\b',
  '\\bnobody\\s+(?:would|will)(?:\\s+even|\\s+ever)?\\s+(?:miss|notice|mourn|care)\\b[^.!?]{0,25}\\b(?:me|i)\\b',
  '\\b(?:i|me|myself)\\b[^.!?]{0,15}\\bbetter\\s+off\\s+(?:dead|gone)\\b',
  '\\bbetter\\s+(?:off\\s+|place\\s+)?(?:without\\s+me|if\\s+i\\s+(?:was|were|am|had|did|died|die|disappear\\w*|left))',
  '\\b(?:i|me)\\b[^.!?]{0,30}\\b(?:not\\s+being\\s+(?:here|alive|around)|being\\s+dead)\\b',
  `\\bi\\b[^.!?]{0,20}\\b(?:want|need|wish|pray)\\s+(?:for\\s+)?(?:it|it\\s+all|everything|this|the\\s+pain|my\\s+(?:life|pain|suffering))\\s+(?:all\\s+)?(?:to\\s+)?(?:just\\s+)?(?:stop|end|be\\s+over)\\b`,
  '\\b(?:i|me|my)\\b[^.!?]*\\b(?:overdos(?:e|ed|ing)|noose)\\b',
  '\\bi\\b[^.!?]{0,30}\\b(?:have|got|bought|holding|took|taken|taking|swallowed|saved|collecting|counting)\\b[^.!?]{0,20}\\b(?:pills|tablets|razor|razor\\s+blade|rope\\s+(?:and|ready))\\b',
  `\\b(?:god|lord|he|you)\\b[^.!?]{0,20}\\b(?:let\\s+me\\s+die|(?:take|takes)\\s+me${END})`,
  '\\bi\\b[^.!?]{0,25}\\bshould\\s+(?:just\\s+)?(?:die|be\\s+dead|kill\\s+myself)\\b|\\bif\\s+i\\s+(?:just|simply)\\s+(?:died|disappeared|was\\s+gone|went\\s+away)\\b',
  '\\b(?:happier|happy|relieved|glad|fine)\\s+(?:without\\s+me|if\\s+i\\s+(?:was|were|died|disappeared|left))',
  '\\bi\\s+am\\b[^.!?]{0,15}\\ba\\s+burden\\s+(?:to|on)\\s+(?:everyone|everybody|my|them|all)\\b',
  '\\b(?:standing|sitting|stood)\\s+on\\s+(?:a|the)\\s+(?:bridge|ledge|roof|edge|railing|tracks)\\b|\\bhow\\s+(?:many|much)\\b[^.!?]{0,20}\\b(?:pills|tablets|paracetamol)\\b',
  '\\bjump(?:ing|ed)?\\s+(?:off|from|in\\s+front\\s+of)\\s+(?:a|the|my)\\s+(?:bridge|roof|building|train|balcony|window|cliff|bus|car)\\b',
  '\\b(?:quiero|deseo|me\\s+quiero)\\s+(?:morir|morirme|matarme|suicidarme)\\b|\\bsuicid(?:io|arme|arse|arme|er)\\b|\\bje\\s+veux\\s+mourir\\b|\\b(?:selbstmord|suizid\\w*|umbringen)\\b|\\bich\\s+(?:will|möchte)\\s+(?:nicht\\s+mehr\\s+leben|sterben)\\b|\\bquero\\s+morrer\\b|自杀|自殺|想死|死にたい',
]

/** Sentences about being harmed, or about present danger. */
const harmed = [
  `\\b${SOMEONE}${HELPERS}\\s+${VIOLENT}\\s+${VICTIM}\\b`,
  `\\b${SOMEONE}${HELPERS}\\s+(?:push(?:es|ed|ing)?|dragg?(?:s|ed|ing)?)\\s+(?:me|us|my\\s+\\w+)\\s+(?:down|against|into|over|around|onto|out|by)\\b`,
  `\\b${WHOSE}\\s+(?:${RELATIVE}|${OTHER})(?:\\s+at\\s+church)?${HELPERS}\\s+touch(?:es|ed|ing)\\s+(?:me|us|my\\s+(?:child|children|son|daughter|kids?))\\b`,
  '\\b(?:touch(?:es|ed|ing)|kiss(?:es|ed|ing)|grabb?(?:s|ed|ing)?)\\s+(?:me|her|him|my\\s+\\w+)\\s+(?:\\w+\\s+)?(?:inappropriately|sexually|against\\s+my\\s+will|without\\s+(?:my\\s+)?consent|down\\s+there|in\\s+(?:a\\s+bad|the\\s+wrong)\\s+(?:way|place)|where\\s+(?:he|she|they)\\s+should\\s+not)\\b',
  `\\b(?:i|we|${MINE})\\s+(?:am|was|were|is|are|have|has|had|got|get|keep|kept)\\s+(?:\\w+\\s+){0,2}?(?:being\\s+|been\\s+|getting\\s+)?(?:abused|raped|molested|beaten|assaulted|stalked|trafficked|threatened|groomed|groped|strangled|choked|hit|harassed|blackmailed)\\b`,
  '\\bbeing\\s+(?:abused|raped|molested|beaten|assaulted|stalked|trafficked|threatened|groomed|blackmailed)\\b[^.!?]{0,25}\\b(?:at\\s+home|by\\s+my|by\\s+(?:a|the|our)\\s+(?:pastor|priest|leader|teacher))\\b',
  '\\b(?:sexual(?:ly)?|domestic|child|emotional(?:ly)?|physical(?:ly)?|spiritual(?:ly)?|verbal(?:ly)?)\\s+(?:abuse[ds]?|abusive|violence|violent|assault(?:s|ed)?|harass(?:ed|ment)?)\\b',
  `\\b(?:abusive|violent)\\s+(?:marriage|relationship|home|family|household|church|situation|${RELATIVE}|${OTHER})\\b`,
  `\\b(?:${RELATIVE}|${OTHER}|he|she)\\b[^.!?]{0,20}\\b(?:is|are|has\\s+been|became|gets|was)\\s+(?:\\w+\\s+)?(?:abusive|violent)\\b`,
  '\\b(?:victim|survivor)s?\\s+of\\s+(?:\\w+\\s+)?(?:rape|abuse|violence|assault|incest|trafficking)\\b|\\bsomeone\\b[^.!?]{0,40}\\b(?:attacked|hit|raped|robbed|threatened)\\s+me\\b',
  '\\bforc(?:e|es|ed|ing)\\s+(?:me|us|my\\s+\\w+)\\s+(?:to\\s+|into\\s+)?(?:hav(?:e|ing)\\s+sex|sex|sexual\\w*|sleep(?:ing)?\\s+with|undress|watch\\s+porn\\w*|do\\s+things)\\b|\\bforc(?:e|es|ed|ing)\\s+(?:himself|herself|themselves)\\s+(?:up)?on\\b',
  '\\b(?:sexual|naked|nude)\\s+(?:messages?|pictures?|photos?|texts?|videos?|images?|advances|favou?rs)\\b|\\bsend\\s+nudes\\b',
  `\\b(?:${RELATIVE}|${OTHER}|he)\\b[^.!?]{0,20}\\b(?:come|comes|came|coming|gets|got|climbs)\\s+(?:into|in\\s+to|in)\\s+my\\s+(?:room|bed|bedroom)\\b`,
  '\\bcontrol(?:s|ling)?\\s+(?:everything|where|who|what|all)\\b[^.!?]{0,20}\\bi\\b',
  `\\b(?:afraid|scared|frightened|terrified|fear)\\b\\s+(?:of|for|that)\\s+(?:my\\s+|her\\s+|our\\s+)(?:life|${RELATIVE})\\b(?!\\s+(?:dying|will\\s+die|in\\s+heaven|salvation|future))`,
  '\\b(?:afraid|scared|frightened|terrified)\\b[^.!?]{0,30}\\b(?:will|would|might|could|is\\s+going\\s+to|to)\\s+(?:kill|hurt|beat|harm|hit)\\s+(?:me|us|my)\\b',
  '\\b(?:afraid|scared|frightened|terrified)\\s+(?:to|of)\\s+(?:go|going|be|being|come|coming|stay|staying)\\s+(?:at\\s+|back\\s+)?home\\b',
  `\\b(?:${SOMEONE})\\b[^.!?]{0,40}\\b(?:going|wants?|threatens?|threatened|threatening|tried|trying|will|would|might)\\s+(?:to\\s+)?(?:kill|hurt|strangle|beat|harm)\\s+(?:me|us|my\\s+(?:child|children|son|daughter|kids|mother|mum|mom|family))\\b`,
  '\\b(?:i|we|my\\s+(?:child|children|son|daughter|kids|life|sister|mother|mum|mom))\\b[^.!?]{0,25}\\b(?:not\\s+(?:feel\\s+|feeling\\s+)?safe|unsafe|in\\s+danger)\\b',
  '\\b(?:will|does|would|did)\\s+not\\s+let\\s+me\\s+(?:leave|go\\s+out|out|see\\s+my\\s+(?:family|friends|parents)|have\\s+(?:money|a\\s+phone))\\b',
  '\\b(?:following\\s+me\\s+home|held\\s+against\\s+my\\s+will|(?:holds?|held|keeps?)\\s+me\\s+(?:prisoner|captive|locked))\\b',
  `\\bi\\b[^.!?]{0,20}\\b(?:want|going|feel\\s+like|thinking|plan|planning)\\s+(?:of\\s+|about\\s+|to\\s+)*(?:kill|killing|murder|murdering|hurt|hurting|harm|harming|stab|stabbing|shoot|shooting)\\s+(?:someone|people|him|her|them|my\\s+${RELATIVE}|my\\s+${OTHER})${END}`,
]

const patterns = [...selfHarm, ...harmed].map((pattern) => new RegExp(pattern, 'u'))

/**
 * Whether a question is about self-harm, abuse or danger, to oneself or to a person one knows, so that help is shown
 * first. Words of doctrine such as "dying to self" and people of the Bible do not count.
 */
export function recogniseDistress(question: string): boolean {
  let text = question.normalize('NFKC').toLowerCase().replace(/[’‘ʼ]/g, "'").replace(/\s+/g, ' ')
  for (const [short, long] of contractions) text = text.replace(short, long)
  for (const pattern of harmless) text = text.replace(pattern, ' ')
  return patterns.some((pattern) => pattern.test(text))
}
