import { CHILD, END, HELPERS, MINE, patternsOf, SELF } from './distress-words.ts'

const HURT =
  '(?:kill|kills|killed|killing|hurt|hurts|hurting|harm|harms|harmed|harming|cut|cuts|cutting|hang|hangs|hanged|hanging|hung|drown|drowned|drowning|shoot|shot|shooting|poison|poisoned|poisoning|starve|starves|starved|starving|burn|burns|burned|burnt|burning|injure|injured|injuring|unalive|stab|stabbed|stabbing|scratch|scratching|punish|punishing|smother|off|offing|top|topping|neck)'
const KNOWN = `(?:${MINE}|he|she|they)`
const MIND =
  '(?:want|wants|wanted|wanna|going|threatens?|threatened|threatening|tried|trying|tries|talks?|talked|talking|thinks?|thinking|thoughts?|plans?|planned|planning|is|keeps?|kept|has been|cuts|says|said|saying|told|texted|about|will|might|may|could)'
const WANTS =
  '(?:want|wants|wanted|wanting|deserve|deserves|wish|wished|wishes|would like|would rather|would prefer|prefer|rather|long|longing|hope|hoping|pray|praying|beg|begging|ready|going|need|feel like|feels like|feeling like|feelin like|think i (?:should|might)|time to)'
const TO_DIE =
  '(?:(?:to )?(?:just )?(?:be )?(?:die|dying|dead)|to (?:just )?(?:disappear(?! (?:into|for|in|to|behind|from (?!this))\\b)|vanish(?! (?:into|from))|stop (?:existing|living|breathing)|cease to exist|not (?:exist|be here|be alive|wake up)|be gone|not be (?:here|alive)|go to sleep (?:and|forever)|sleep forever|give up on life))'
const ALIVE =
  '(?:be(?:ing)? alive|live|living|exist|existing|breathe|breathing|go(?:ing)? on(?: living)?|carry(?:ing)? on|keep going|keep on(?: going| living)?|keep living|continue|wake up|be(?:ing)? here|be(?:ing)? around|stay(?:ing)? alive|face (?:another|one more) (?:day|morning|night)|see (?:tomorrow|the morning)|do life|be (?:on|in) this (?:earth|planet|world)|make it (?:through|to) (?:the night|tonight|tomorrow|the morning))'
const ON =
  '(?:keep(?:ing)? (?:on|going|living|trying|fighting|doing this)|go(?:ing)? on|carry(?:ing)? on|hold(?:ing)? on|hang(?:ing)? on|stay(?:ing)? (?:alive|here)|being (?:here|alive)|be here|liv(?:e|ing)|exist(?:ing)?|continu(?:e|ing)|wak(?:e|ing) up)'
const NOT_OF = '(?! (?:to|with|in|about|on|at|by|for|under|as|like a|a|the|\\w+ing)\\b)'
const PILLS =
  '(?:pills?|tablets?|capsules|paracetamol|acetaminophen|tylenol|ibuprofen|advil|aspirin|panadol|codeine|xanax|valium|meds|medication|medicines?|painkillers?|antidepressants?|sleeping pills?|insulin|bleach|antifreeze|weedkiller|drugs)'
const LIMB = '(?:arms?|wrists?|legs?|thighs?|skin|body|stomach|veins?|forearms?|hips?)'

/** Killing or hurting oneself, in plain or common words. */
const harm = [
  `\\b${HURT} (?:myself|me self)\\b`,
  `\\b(?:i|${KNOWN}|people who|someone|anyone)\\b[^.!?]*\\b${MIND}\\b[^.!?]{0,30}\\b${HURT} ${SELF}\\b`,
  `\\b(?:${MINE})\\b[^.!?]{0,60}\\b${HURT} ${SELF}\\b`,
  `\\b(?:do(?:ing)? (?:away with|in)|finish(?:ing)? off|make away with|get rid of|doing) (?:myself|himself|herself) ?(?:in)?${END}`,
  '\\bdo(?:ing)? (?:myself|herself|himself) in\\b',
  '\\bdo something (?:stupid|drastic|to myself|i can not undo|i will regret)\\b',
  '\\b(?:cut|cuts|cutting|burn|burns|burning|slit|slits|slitting|slash|slashed|slashing|carv(?:e|ed|ing)|scratch(?:ed|ing)?) (?:up )?(?:my|her|his|their) (?:own )?(?:left |right )?' +
    `${LIMB}\\b`,
  `\\b(?:cuts|scars|razor marks|fresh cuts|slashes) (?:all )?(?:over|on|up|down|along) (?:my|her|his|their) ${LIMB}\\b`,
  `\\b(?:started|start|stop|stopped|stopping|been|keep|keeps|addicted to|back to|urges? to|urge of|want to|wants to|need to|relapsed|clean from|is|by|with|into|about) (?:and )?(?:cut|cuts|cutting)(?: again| (?:to (?:cope|feel|numb)|because|every|when|so).*)?${END}`,
  '\\b(?:cut|cutting|burn|burning) (?:because|when i|to (?:feel|cope|release|numb|punish))\\b',
  '\\b(?:kms|kys|ctb|unalive\\w*|sewerslide|self[ -]?delete)\\b',
  '\\bself[ -]?(?:harm|injur|mutilat|destruct)\\w*|\\bselfharm\\w*',
  '\\bsuicid(?:e|es|al|ality|ally)\\b',
  "\\b(?:end|ending|ended|ends|take|taking|taken|took|takes) (?:my|his|her|their|your|one'?s) own li(?:fe|ves)(?! (?:story|lesson|experience|example|back))\\b",
  `\\b(?:end|ending|ended|take|taking|taken|took|finish) my life${END}`,
  `\\b(?:${MINE})\\b[^.!?]{0,40}\\b(?:end|ending|take|taking|took|ended) (?:his|her|their) (?:own )?life\\b(?! (?:story|lesson|experience|back|for granted|seriously))`,
  `\\b(?:thought|thoughts|think|thinking|thinks|plan|planning|want|wanted|wants|ready|going|decided|tempted|about|way|easier|time|tried|try|trying|tries|should i|do i|can i|just) (?:of |about |to )*(?:just )?(?:end|finish)(?:ing)? (?:it|it all|things|everything|my life|this|this life|the pain|my (?:pain|misery|suffering))${END}`,
  '\\bend(?:ing)? it all\\b|\\bput(?:ting)? an end to (?:it all|everything|myself|my (?:life|pain|misery|suffering|existence))',
  `\\bend(?:ing)? my (?:pain|misery|suffering|existence)\\b`,
]

/** The wish to be dead, or not to be here. */
const wish = [
  '\\b(?:danger|risk) to (?:myself|himself|herself|themselves|others)\\b|\\bi am done[.,!; -]+good ?bye\\b',
  `\\blet (?:myself|me) (?:just )?(?:die|bleed|starve|drown|fade)(?! before)${END}|\\bi (?:\\w+ ){0,2}?should (?:just )?(?:disappear|vanish|be gone|not be here|not exist|end it)${END}`,
  '\\b(?:wish|hope|hoping|wishing|pray|praying)\\b[^.!?]{0,40}\\b(?:kill(?:s|ed)? me|end(?:s|ed)? me|take(?:s)? me (?:soon|quickly|out)|(?:i|would|will|could|to) (?:just )?(?:get|got|be|am) (?:hit|run over|killed|shot|cancer|struck)|hit me|run me over|crash(?:es)?(?: and|$))\\b',
  '\\b(?:not|never) (?:to )?wake\\b(?! (?:up )?(?:early|late|the|him|her|my|them|before|at|on|to|a) )|\\b(?:not see|see no|no|without) (?:a |any )?future (?:for (?:me|myself)|any (?:more|longer)|with me in)|\\bgod\\b[^.!?]{0,20}\\blet me (?:go home|come home|go now|rest forever)\\b',
  '\\b(?:want|wants|ready|going|time|wish|decided|need) to leave (?:it|this (?:world|life|earth)|the (?:world|earth))(?=\\s*[.!?,]|$| (?:now|soon|tonight|for good|behind|because|and))',
  `\\b(?:i|me|my|myself)\\b[^.!?]{0,60}\\b(?:worthless|hopeless|broken|failure|useless|alone|empty|numb|trapped|unbearable|exhausted|in (?:so much|this|constant) pain)\\b[^.!?]{0,60}\\b(?:to die|die${END}|dying|death(?! of)|suicide|exist|disappear|be gone)\\b`,
  `\\bdeath is (?:all|the only thing) (?:that )?i\\b|\\b(?:plan|planned|planning|plans) (?:for )?(?:my|his|her) (?:own )?(?:death|suicide|exit|ending)\\b`,
  '\\b(?:want|wants|let me|wish|could|rather|just|if i)\\b[^.!?]{0,15}\\bstop(?:ped)? (?:existing|being alive)\\b|\\bi (?:just )?(?:wish|want)(?: to| i could)? (?:just )?(?:fade|slip|drift|melt) away\\b',
  `\\bif i (?:just |had )?(?:end|ended) (?:it|things|everything|my)\\b|\\btonight\\b[^.!?]{0,40}\\bi (?:finally |will |might |am going to )*(?:do it|end it|go through with)\\b|\\bjust do it\\b[^.!?]{0,15}\\bend\\b`,
  '\\b(?:not|never|doubt i(?: will)?)\\b[^.!?]{0,20}\\b(?:survive|get through|last|live through|make it through|face|bear) (?:another|one more|tonight|this|the)(?: \\w+)? ?(?:night|day|week|longer|weekend|winter)?(?=\\s*[.!?,]|$)',
  `\\b(?:he|she|they|${MINE}) (?:does|do|did) not want to (?:be alive|live|be here|exist|wake up)${END}|\\b(?:${MINE}|he|she|they)\\b[^.!?]{0,30}\\btalk\\w* about (?:dying|death) (?:a lot|all the time|constantly|again|every)`,
  '\\btoo (?:scared|afraid|much of a coward|weak) to (?:die|kill|end)\\b',
  '\\b(?:want|wants|wanted|wanting|wish|wishing|longing|rather|prefer|begging) to (?:just )?(?:die|be dead)\\b',
  '\\b(?:kill|kills|killing|hang|hangs|hanging|harm|harms|harming|hurting|cutting|drowning|starving|poisoning) (?:yourself|oneself|herself|himself|themselves)\\b',
  '\\b(?:beg|begs|begging|pray|praying|ask|asking|plead\\w*|cry)\\b[^.!?]{0,15}\\b(?:god|him|jesus|lord)\\b[^.!?]{0,15}\\b(?:let me go|take me|end (?:it|me)|kill me|let me die)\\b(?! (?:to|deeper|back))',
  '\\bi (?:\\w+ )?(?:want|need|deserve) to (?:bleed|feel pain|suffer|be punished and)\\b|\\bsomething (?:to myself|i (?:can|will) (?:not|never) (?:take back|undo|regret))\\b|\\bgoing to do it (?:tonight|now|tomorrow|today|this time)\\b',
  '\\bi (?:\\w+ )?dread (?:waking|every (?:day|morning))\\b|\\brather not (?:wake|be here|exist|live)\\b|\\bwaste of (?:space|oxygen|air|skin)\\b',
  '\\bwant(?:s)? to (?:go|be) (?:home )?(?:to|with|in) (?:jesus|god|heaven|the lord) (?:now|tonight|today|already|right now)\\b|\\b(?:want|wish|going|ready) to (?:join|follow) (?:him|her|them|my \\w+)(?: in (?:heaven|death|the grave))?(?=\\s*[.!?,]|$| (?:in|now|so))',
  '\\b(?:heart|lungs|breath)\\b[^.!?]{0,15}\\bstop (?:beating|breathing)\\b',
  `\\b(?:ready|want|wants|going|time|need) to (?:check|clock|tap|opt|bow) out(?: of (?:life|this (?:life|world)|living)|${END})`,
  '\\b(?:not see|see no|no|what is) (?:the |a |any |much )?point (?:in|of) (?:me|anything|everything|it all|myself|my existence)\\b(?! (?:in|the|that|we|he) )|\\bdo not see (?:the|a|any) point any (?:more|longer)\\b',
  '\\bmy (?:own )?death (?:would|will|might|could)\\b[^.!?]{0,40}\\b(?:relief|easier|better|happier|solve|nobody|free (?:them|everyone)|fix|favou?r|help (?:them|everyone|my))\\b',
  '\\b(?:death|dying|being dead) (?:would|must|has to|will|might) be (?:\\w+ )?(?:easier|better|a relief|kinder|nicer|less painful|peaceful)\\b',
  `\\b(?:${MINE}|she|he) (?:\\w+ ){0,4}?(?:hates?|hating) (?:(?:his|her|their) life|living|being alive)\\b|\\b(?:she|he|they|and) wants? (?:it|it all|everything|the pain) (?:all )?to (?:end|stop|be over)\\b`,
  '\\bcan not do (?:this )?life\\b|\\bcan not (?:face|do) (?:another|one more) day\\b',
  "\\b(?:not think i (?:will|can|am going to)|not know if i (?:will|can)|might not|may not|not sure (?:if )?i (?:will|can)|will never|doubt i will) (?:\\w+ )?make it (?:to|through|past|till|until) (?:the |another |this |next |my )?(?:sunday|monday|tuesday|wednesday|thursday|friday|saturday|night|tonight|morning|week|weekend|christmas|tomorrow|birthday|day|year|end of)\\b(?!'s)",
  '\\bwish (?:it|i|the \\w+|they) had (?:worked|succeeded|not (?:failed|found me|saved me|stopped me))\\b',
  '\\b(?:voices?|something|heart|depression|thoughts|demons?|satan|the devil|head|mind|brain|part of me)\\b(?: \\w+){0,4}? (?:tell|tells|telling|say|says|saying|urg\\w+|want\\w*)(?: me)? (?:to |i should |that i should )?(?:just )?(?:jump|die|kill|hurt|cut|end|harm|do it)\\b',
  '\\bi (?:\\w+ ){0,3}?(?:think|thinking|dream|dreaming|obsess\\w*|fantasi[sz]\\w+) (?:about|of|with) (?:my own )?(?:death|dying)(?! of)\\b[^.!?]{0,40}\\b(?:how|a lot|all the time|constantly|every|when|do it|easier)|\\bi (?:keep|can not stop|am always|constantly) (?:thinking|dreaming|fantasi[sz]ing) (?:about|of) (?:death|dying|my (?:death|funeral))\\b(?! of)',
  '\\b(?:my )?life has no (?:meaning|purpose|point) (?:any more|any longer|left)\\b',
  '\\btonight is the night\\b[^.!?]{0,30}\\b(?:i|end|die|do it)|\\bmake it (?:all )?stop for (?:good|ever)\\b',
  `\\b(?:i|me|${KNOWN})\\b(?: [\\w']+){0,4}? ${WANTS} (?:that )?${TO_DIE}\\b`,
  `^(?:just |really |so )?(?:want|wanting|wish|ready|feel like|feeling like|would rather|rather|need) (?:to )?(?:just )?(?:be )?(?:die|dying|dead)${END}`,
  `\\b(?:i|me) (?:want|need) (?:to )?(?:get )?out of (?:this |my )?life\\b|\\bi (?:just |really |only )?(?:want|need) (?:an? (?:exit|way out)|out)${END}`,
  '\\bi (?:wish|wished|wishing)(?: that)? (?:i|god|my (?:mother|mum|mom|parents)|you|someone|something|it|a \\w+) (?:was|were|am|had|would|could|will|just)(?: \\w+)? ?(?:just |have )?(?:dead|die|died|disappear|vanish|never (?:been )?(?:born|existed|made|created|had)|not (?:alive|here|exist|been born|woken|wake|made|created)|gone|asleep forever|aborted|kill(?:ed)? me|end (?:me|it|my)|hit me|run me over|go to sleep|(?:be )?(?:all )?(?:over|end))\\b',
  `\\b(?:i|we)\\b[^.!?]{0,40}\\b(?:not|never|no longer|without|stop)(?: (?:even|really))? (?:to )?(?:(?:want|wanting|wish|deserve|know how|see how|think i want|have the (?:strength|energy|will)|think i can|sure i can|see myself|know if i (?:can|want)) (?:to |i can |how to )?)?${ALIVE}${END}`,
  `\\bnot (?:be|been|being|going to be|gonna be) (?:here|around|alive) (?:any (?:more|longer)|tomorrow|much longer|for much|in the morning|by (?:then|tomorrow))\\b`,
  '\\bi do not (?:even )?(?:want|wish) to (?:be (?:here|alive|around|in this world)|live|exist|wake up|breathe)(?: any (?:more|longer))?(?! (?:in|for|by|as|without|like|under|a|when|with|early|late|before|at|on|to|tired)\\b)',
  `\\b(?:i|we) (?:just |really |honestly |simply )?can not (?:keep )?(?:do|doing|take|taking|bear|stand|cope|handle|face|carry|deal|live|living|fight|fighting)(?: with| like)? ?(?:this|it|life|my life|the pain|things)? (?:any (?:more|longer)|no (?:more|longer))\\b`,
  '\\bi can not (?:keep )?(?:go|going|carry|carrying|hold|holding|hang|hanging)(?: on| going)?(?: like this)? (?:any (?:more|longer)|much longer)\\b',
  '\\bhow (?:much |many )?(?:longer|more|long|days) (?:do )?i (?:can|could|will|am able to|have to) (?:keep|go on|carry|hold|last|take|stand|bear|survive|cope|live|do this|be here|hang)\\b',
  '\\bnever (?:to )?wak(?:e|ing) up\\b|\\bsleep(?:ing)? (?:and |to )?(?:never wake|forever|not wake)|\\bnot wak(?:e|ing) up\\b|\\bi (?:never|did not|do not) (?:wake|woke) up\\b',
  '\\b(?:i|my)\\b[^.!?]{0,60}\\b(?:stop(?:ped|ping)? breathing|never (?:open(?:ing)? my eyes|breathe) again|close my eyes (?:forever|and never|for good))\\b',
  '\\bi (?:should|do) not (?:be alive|be here(?= (?:any|at all))|have been born|deserve (?:to live|life|to be alive|to exist|to breathe))|\\bi should never have (?:been born|existed)\\b',
  '(?<!death )\\bi should have (?:been aborted|died (?!for|on|to|in (?:his|that) place on))|\\bit should have been me\\b[^.!?]{0,30}\\b(?:died|dead|killed)',
  '\\bgod (?:should (?:never|not) have|made a mistake|regrets|wasted)[^.!?]{0,25}\\b(?:made|making|created|creating|make|create) me\\b',
  `\\b(?:no|any|what is the|what is my|the|see a|see the|a single|one good) (?:real |good )?(?:reason|point|use|sense)s? (?:left )?(?:(?:to|in|of|for|for me to|why i should|i should) )?(?:keep |even )?(?:me |to )?(?:live|living|my life|go(?:ing)? on|being alive|be(?:ing)? (?:here|alive)|carry(?:ing)? on|exist(?:ing)?|stay(?:ing)? alive)${END}`,
  `\\b(?:no|not|any) [^.!?]{0,20}\\b(?:ways?|reasons?|point|use|sense|strength|energy) (?:left )?(?:to|of|for me to|in|for)(?: even)? ${ON}\\b${NOT_OF}`,
  `\\bwhy (?:should i|do i|i should|am i|must i|bother|would i|not)(?: even| still| just)* (?:keep on |keep |go on |to )*(?:live|living|alive|exist|existing|go on|here|stay alive|die|end it)${END}`,
  '\\b(?:no|any) (?:reason|point|sense|purpose) (?:in|to|for) (?:my )?life\\b|\\bwhat is the point of (?:me|my life|being alive|waking up)\\b|\\bmy life is (?:over|pointless|not worth)\\b',
  '\\bnothing (?:left |more |here )?(?:to live for|worth living|for me (?:here|any more|in this (?:life|world)))|\\bno (?:hope|future) (?:left )?for me\\b',
  '\\b(?:lost|losing|lose|no|not have|not have the|lack) (?:the |my |all |any )*(?:will|desire|wish|strength|reason) to (?:live|go on|keep (?:going|living))\\b',
  '\\b(?:life|living|my life|this life) is(?: just| really)? (?:not worth (?:living|it)|too (?:much|hard|painful) (?:to live|to go on|for me to))|\\b(?:is|was) (?:my )?life (?:even |still )?worth (?:living|it)\\b|\\bgiv(?:en?|ing) up on (?:life|living|myself and)\\b',
  `\\bi\\b[^.!?]{0,25}\\b(?:tired|sick|weary|done|finished|through|fed up|had enough)(?: (?:of|with))? (?:it all|being alive|being here|living|life|my life|this life|existing|existence|everything|breathing)${END}`,
  `\\bi (?:really |just |absolutely |so |f\\w+ |honestly )?(?:hate|loathe|h8) (?:being alive|living|existing|my life|life|that i (?:am alive|woke up|exist))${END}`,
  `\\b(?:what|how) (?:would|will) happen[^.!?]{0,25}\\bif i (?:just )?(?:died|die|disappeared|killed|was dead)${END}`,
  `\\b(?:i|me|myself|${KNOWN})\\b[^.!?]{0,15}\\bbetter off? (?:dead|gone|not here|in the ground)\\b|\\bbetter (?:to be )?dead than\\b[^.!?]{0,15}\\b(?:this|like this)`,
  '\\bbetter (?:off |place )?(?:without me\\b|if i (?:was|were|had|did|died|die|disappear\\w*|left|just|never|killed|ended|did not|am not|am gone))',
  '\\b(?:i|me|my)\\b[^.!?]{0,30}\\b(?:not being (?:here|alive|around)|being dead|my own (?:death|funeral)(?= (?:a lot|all|constantly|every|and (?:who|how|feel))))\\b',
  `\\bi\\b[^.!?]{0,20}\\b(?:want|need|wish|pray) (?:for )?(?:it|it all|everything|this|the pain|my (?:life|pain|suffering)|all of it) (?:all )?(?:to )?(?:just )?(?:stop|end|be over|go away forever)\\b(?! with)`,
  `\\b(?:god|lord|jesus|he|you)\\b[^.!?]{0,20}\\b(?:let me die(?! (?:before|without|to))|end my life|kill me${END})`,
  `(?<!\\bwhen (?:the )?)\\b(?:god|lord|jesus|you)\\b[^.!?]{0,20}\\b(?:takes?|taking) me(?! (?:back|as|deeper|in\\b|into|there|through|by))(?: (?:home|away|now|to heaven))*${END}`,
  '\\bi\\b[^.!?]{0,25}\\bshould (?:just )?(?:die|be dead|kill myself)\\b|\\bif i (?:just|simply) (?:died|disappeared|was gone|went away|stopped existing)\\b',
  `\\bif i (?:was|were) (?:not (?:here|around|alive)|gone|dead|out of the (?:way|picture)|never born)\\b|\\bif i (?:had never been born|never existed|did not exist)\\b`,
  `\\b(?:be with|join|see|follow)\\b[^.!?]{0,25}\\b(?:him|her|them|my \\w+|mum|mom|dad) (?:again )?(?:now|soon|tonight|in (?:death|the grave)|by dying)\\b`,
  `\\bi (?:would|will|do) not (?:mind|care) (?:if i|dying|being dead|whether i)(?: (?:died|die|never|got|was|were|did not|do not|live|wake))?\\b`,
  '\\b(?:not )?(?:worth|brave|strong|scared|coward|easier|easy|selfish|wrong|sin)[^.!?]{0,12} (?:enough )?to (?:just )?(?:die|kill myself|end it|be dead)(?! (?:for|to|well|daily|with|in)\\b)',
  '\\b(?:whether|if) i live or die\\b|\\bno (?:other )?way out (?:except|but|than|other than) (?:death|dying|suicide)\\b|\\bonly way (?:out|to (?:stop|end) (?:it|the pain|this))\\b[^.!?]{0,20}\\b(?:death|die|dying|dead)\\b',
  '\\bdeath (?:is|seems|looks|sounds|feels|would be) (?:like )?(?:the |my |a )?(?:only|better|easier|best|relief|release|peaceful|sweet)[^.!?]{0,20}(?:way out|option|answer|solution|choice|escape|than (?:this|living|life)|for me|to me)',
]

/** That nobody would miss one. */
const unmissed = [
  '\\b(?:would|will) (?:anyone|anybody|people|they|my \\w+)(?: even| really)? (?:miss|notice|mourn|care|cry|come to my funeral)\\b[^.!?]{0,20}\\b(?:me|if i|i (?:was|were|died|am)|funeral)\\b',
  '\\bnobody (?:would|will)(?: even| ever| really)? (?:(?:miss|notice|mourn|care|cry)\\b[^.!?]{0,25}\\b(?:me|i)|come to my funeral|be at my funeral)\\b',
  '\\b(?:happier|happy|relieved|glad|fine|easier|okay|ok|better|richer) (?:life )?(?:without me\\b|if i (?:was|were|died|disappeared|left|am gone|did not exist))',
  '\\bi am\\b[^.!?]{0,15}\\b(?:a|such a|just a|nothing but a|only a) burden (?:to|on|for|around)\\b|\\b(?:feel|feels|being) (?:like )?(?:such )?a burden (?:to|on) (?:everyone|my (?:family|kids|children|wife|husband|parents|mum|mom)|them all)',
]

/** A means, a place or a farewell. */
const means = [
  '\\bways? (?:for me )?to die\\b|\\b(?:googl|search|look)\\w* (?:up |for |at )?(?:\\w+ )?(?:to die|how to (?:die|kill)|suicide|methods)',
  '\\bi\\b[^.!?]{0,40}\\b(?:platform|bridge|edge|roof|cliff|balcony|ledge)\\b[^.!?]{0,40}\\b(?:step|jump|do it|end it|let go|fall)\\b|\\b(?:rope|noose|belt|cord|sheet) (?:a?round|on) (?:my|her|his|their) neck\\b|\\bfound (?:him|her|them|my \\w+) (?:hanging|unconscious|with (?:a rope|pills|cuts))',
  '\\bknife under my pillow\\b|\\bgarage\\b[^.!?]{0,30}\\b(?:engine|car) running\\b',
  '\\b(?:all|whole bottle of|bottle of|handful of|fistful of|bunch of|load of|loads of) (?:of )?(?:my |the |her |his |those |these )?(?:pills|tablets|paracetamol|sleeping pills|meds|medication|antidepressants|painkillers)\\b',
  '\\b(?:rope|noose|razors?|blades?|gun|pills|tablets|bridge|train tracks|cliff)\\b[^.!?]{0,40}\\b(?:keep(?:s)? (?:looking|staring|thinking|going)|looking at (?:it|them)|calms? me|calling (?:me|to me)|only (?:way|thing)|tempt\\w+)\\b|\\b(?:keep|kept) (?:looking|staring|going back|thinking)(?: \\w+){0,3} (?:rope|noose|razor|blade|gun|pills|tablets|knife|bridge|cliff|train)s?\\b|\\brazor(?: blades?)?\\b[^.!?]{0,30}\\b(?:me|skin|calm|arms?|wrists?|hidden|my leg)',
  `\\b(?:${MINE}|she|he|i)\\b[^.!?]{0,30}\\b(?:hoard|stockpil|collect|sav|hid)\\w* (?:\\w+ ){0,3}?${PILLS}\\b`,
  '\\b(?:has|have|picked|set|chosen|got) (?:a )?(?:date|day|plan|method)(?: \\w+){0,3} to (?:die|end|kill|do it|go)\\b|\\bi have a plan (?:to die|for how i)',
  '\\boverdos(?:e|es|ed|ing)\\b(?! (?:of|on) (?:chocolate|cake|coffee|sugar|screen|tv|news|religion|theology|grace|work|information|christmas))|\\bnoose\\b|\\bod on\\b',
  `\\bi\\b[^.!?]{0,30}\\b(?:have|got|bought|holding|took|taken|taking|swallowed|saved|saving|collecting|counting|hoarding|stockpil\\w+|lined)\\b[^.!?]{0,20}\\b(?:pills|tablets|razor|blades?|noose|rope (?:and|ready)|a gun to|the gun)\\b`,
  `\\b(?:i|${KNOWN})\\b[^.!?]{0,15}\\b(?:took|taken|taking|take|takes|swallow(?:ed|ing|s)?|downed|had|ate|drank|drink(?:ing)?)\\b(?: \\w+){0,3}? (?:all|whole|entire|full|too many|bottle|packet|pack|box|handful|lots|loads|bunch|load|\\d{2,}|twenty|thirty|forty|fifty|dozens?)\\b(?: [\\w']+){0,4}? ${PILLS}\\b`,
  `\\b(?:i|${KNOWN})(?: \\w+){0,3}? (?:drank|drink(?:ing)?|swallow(?:ed|ing)?) (?:some |the )?(?:bleach|poison|antifreeze|weedkiller)\\b`,
  `\\b(?:stop(?:ped|ping)?|quit|not|refus\\w+|skip\\w*)\\b[^.!?]{0,15}\\b(?:tak(?:e|ing)|my) (?:my )?(?:insulin|dialysis|heart (?:pills|medication)|medication|meds)\\b[^.!?]{0,30}\\b(?:die|dying|over|end|live|be here)\\b`,
  '\\bhow (?:many|much)\\b[^.!?]{0,20}\\b(?:pills|tablets|paracetamol|tylenol|ibuprofen|insulin|sleeping)\\b',
  `\\b(?:quickest|fastest|easiest|easy|quick|painless|least painful|best|peaceful|gentle|surest) way (?:for me )?to (?:die|go(?= (?:quietly|peacefully|for))|kill (?:myself|yourself|oneself)|end (?:it|my|your|one's|a) ?(?:all|life)?)\\b|\\bpainless (?:death|way)\\b|\\bdie (?:painlessly|without (?:any |feeling )?pain|quickly)\\b`,
  `\\bhow (?:to|do i|can i|would i|do you|does one) (?:die${END}|kill (?:myself|yourself|oneself)|tie a noose|hang (?:myself|yourself)|overdose)`,
  `\\b(?:i|${KNOWN})\\b[^.!?]{0,60}\\b(?:crash(?:ing|ed)?|driv(?:e|es|ing)|drove|steer(?:ing)?|swerv(?:e|ing)|run(?:ning)?)\\b(?: (?:my|the|his|her) (?:car|truck|van|bike))? (?:into|off|over|in front of) (?:a|the|my|an|oncoming|that) ?(?:\\w+ )?(?:tree|wall|bridge|cliff|river|lorry|truck|train|road|edge|traffic|lake|pole|barrier|ditch|bus|rocks)\\b`,
  `\\b(?:i|${KNOWN})\\b[^.!?]{0,60}\\b(?:step(?:ping|ped)?|walk(?:ing|ed)?|jump(?:ing|ed)?|run(?:ning)?|throw(?:ing)? (?:myself|himself|herself)|threw (?:myself|himself|herself))(?: out)? (?:into|in front of|under|off|from|in) (?:a |the |an |my |oncoming |busy |moving )*(?:traffic|train|trains|bus|lorry|truck|car|cars|sea|river|ocean|bridge|roof|window|balcony|cliff|building|canal|tracks)\\b`,
  '\\bjump(?:ing|ed)? (?:off|from|in front of) (?:a|the|my) (?:bridge|roof|building|train|balcony|window|cliff|bus|car)\\b',
  '\\b(?:if|when|before|unless|should|want to|going to|about to|could|ready to|thinking of) (?:i )?jump(?:ed|ing)?(?=\\s*[.!?,]|$| (?:tonight|now|today|and end))',
  '\\b(?:i am|am|i|she is|he is|standing|sitting|stood|sat|looking|waiting)\\b(?: \\w+){0,3}? (?:on|up on|at|off|over|down from|by|near) (?:a|the|my)(?: \\w+)? ?(?:bridge|ledge|roof|rooftop|railing|railings|railway line|train tracks|tracks|cliff edge|multi-?storey|balcony edge|edge of (?:a|the) (?:roof|cliff|building|bridge|platform))\\b(?! (?:repair|of the church|fund))',
  '\\bstanding on (?:a|the) edge\\b',
  "\\bgun (?:is )?(?:to|in|against|at|pointed at) my (?:own )?(?:head|mouth|temple|chest)\\b|\\bi\\b[^.!?]{0,20}\\b(?:loaded|holding|found|got|have|bought|cleaning) (?:a |the |my |my \\w+'?s |his )?(?:loaded )?(?:gun|pistol|rifle|shotgun|revolver)\\b(?! (?:licen|range|for (?:hunting|sport)|club))|\\bi\\b[^.!?]{0,15}\\bholding (?:a|the) (?:knife|blade|razor|rope)\\b",
  '\\b(?:goodbye|suicide|good bye) (?:note|letter|message|text|email|video)s?\\b|\\b(?:text(?:ed|s)?|sent|sends|messag(?:ed|es)|wrote|rang|phoned|called) (?:me|us|to say|everyone|her \\w+|his \\w+)? ?(?:a |saying |to say )?(?:goodbye|good bye)\\b',
  '\\b(?:wrote|written|writing|left|leaving|posted) (?:(?:a|my|some|the|all my|all the) )?(?:final |last )?(?:goodbyes?|notes?|letters?)\\b[^.!?]{0,60}\\b(?:ready to (?:go|die)|gone|when i die|goodbye|it is time|find me|after i|sorry)\\b',
  '\\b(?:goodbye|good bye),? (?:everyone|all|world|cruel world|forever)\\b|\\bthis is (?:goodbye|my goodbye|the end for me)\\b|\\bsaid (?:all )?my goodbyes\\b',
  '(?<!\\bif )\\b(?:this|tonight|today|tomorrow|it) (?:is|will be|might be|may be|could be|is going to be) (?:my|the) last (?:night|day|prayer|message|text|time i)(?! of (?:work|school|the|holiday|fasting|our|my))\\b',
  '\\bgiv(?:e|en|ing|es) away (?:all )?(?:of )?(?:my|his|her|their) (?:\\w+ )?(?:things|stuff|belongings|possessions|clothes|pets|books|dog|cat)\\b[^.!?]{0,60}\\b(?:not need|no longer need|gone|goodbye|do not need|for when|not be here)\\b|\\b(?:has been|is|keeps|started) giving away (?:all )?(?:his|her|their) (?:\\w+ )?(?:things|stuff|belongings|possessions|clothes)\\b',
]

/** Eating disorders. */
const eating = [
  '\\bi\\b[^.!?]{0,10}\\b(?:eat|ate|binge)\\b[^.!?]{0,25}\\b(?:vomit|throw (?:it )?(?:all )?up|purge|make myself|bring it (?:all )?(?:up|back))\\b',
  '\\bi\\b[^.!?]{0,20}\\b(?:want|going|need|trying|try|like|love) to (?:starve|purge|binge)\\b(?! (?:the|my) (?:flesh|sin|old|lust))|\\bi (?:\\w+ )?(?:purge|purged|binge and|am purging)\\b(?! (?:my sin|sin))|\\bstarv(?:e|ing) (?:until|so (?:that )?i|to (?:be|lose|get))\\b',
  '\\b(?:anorexi\\w*|bulimi\\w*|eating disorder|binge and purge|bing(?:e|ing) and purg(?:e|ing)|laxatives to|pro[ -]?ana)\\b',
  `\\b(?:i|${MINE}|she|he)\\b[^.!?]{0,60}\\b(?:mak(?:e|es|ing)|made|forc(?:e|es|ing|ed)) (?:myself|herself|himself|themselves) (?:\\w+ )?(?:sick|throw up|vomit|puke|be sick|to (?:be sick|throw up|vomit))\\b`,
  `\\b(?:i|${MINE}|she|he)\\b[^.!?]{0,30}\\b(?:throw(?:s|ing)?|threw|vomit(?:s|ing|ed)?|puk(?:e|es|ing)|purg(?:e|es|ing|ed))(?: up)?(?: my food| everything)? (?:after|when|every time|whatever|everything|what|on purpose|my (?:meals?|dinner|lunch|food))\\b[^.!?]{0,20}\\b(?:eat|eats|eating|meals?|dinner|lunch|food|purpose|ate)\\b`,
  '\\bi\\b[^.!?]{0,25}\\b(?:not eaten|not (?:been )?eating|can not eat|stopped eating|do not eat|skip(?:ping)? (?:every )?meals?|refuse to eat|afraid to eat|scared (?:to eat|of (?:food|eating)))\\b[^.!?]{0,50}\\b(?:fat|thin|thinner|weight|skinny|ugly|body|disgusting|calories|days|weeks|any more|punish)\\b(?! of (?:fasting|prayer|lent))',
  `\\b(?:${MINE}|she|he)\\b[^.!?]{0,40}\\b(?:refus(?:es|ing|ed) to eat|will not eat|stopped eating|does not eat|hardly eats|barely eats|is not eating|does not eat|starves|starving herself|starving himself)\\b`,
]

const other = [
  `\\b(?:${MINE}|${CHILD})\\b${HELPERS}? (?:wants|wanted|wish(?:es|ed)) (?:he|she|they)? ?(?:to )?(?:was|were|be)? ?(?:die|dead|not (?:live|be alive|be here)|disappear)\\b`,
  `\\b(?:${MINE})\\b[^.!?]{0,60}\\b(?:(?:does|do|did) not want to (?:be here|live|be alive|exist|go on)|no reason to live|want(?:s|ed)? to (?:die|be dead|not be here)|would rather be dead|wish(?:es|ed) (?:he|she|they) (?:was|were|had) (?:dead|never been born)|better off (?:dead|without (?:him|her|them)))\\b`,
]

/** A call for help and nothing else, which does not say what it is about. */
const callForHelp = [
  '^(?:(?:please|dear|god|lord|jesus|someone|anyone|somebody|oh)[,.! ]+)*(?:(?:can|could|will|would) (?:you|someone|anyone|somebody) )?(?:please )?(?:help(?: me| us)?|(?:i )?(?:(?!(?:never|not|no)\\b)\\w+ )?need (?:some )?help)(?:[,.! ]+(?:please|me|now|god|lord|jesus|right now|tonight|urgently|quick(?:ly)?|fast|someone))*[^\\p{L}]*$',
]

/** The plainest forms in other languages. */
const otherLanguages = [
  '\\b(?:quiero|deseo|me quiero|quisiera) (?:morir|morirme|matarme|suicidarme|estar muert[oa])\\b|\\bno quiero (?:vivir|seguir viviendo|estar viv[oa])\\b|\\bme voy a (?:matar|suicidar)\\b|\\bsuicid(?:io|arme|arse|er)\\b',
  '\\bje (?:veux|voudrais|vais) (?:mourir|me tuer|me suicider|en finir)\\b|\\bje ne veux plus vivre\\b|\\bme suicider\\b|\\benvie de mourir\\b',
  '\\b(?:selbstmord|suizid\\w*|umbringen|selbsttötung)\\b|\\bich (?:will|möchte) (?:nicht mehr (?:leben|da sein)|sterben|tot sein)\\b|\\bmir das leben nehmen\\b|\\britze mich\\b',
  '\\bquero (?:morrer|me matar)\\b|\\bnão quero (?:mais )?viver\\b|\\bvoglio morire\\b|\\bik wil (?:dood|niet meer leven)\\b',
  '自杀|自殺|想死|不想活|死にたい|죽고 싶|хочу умереть|покончить с собой',
]

/** Self-harm, the wish to die and eating disorders, of oneself or of someone one knows. */
export const distressOfSelf = patternsOf([
  ...harm,
  ...wish,
  ...unmissed,
  ...means,
  ...eating,
  ...other,
  ...callForHelp,
  ...otherLanguages,
])
