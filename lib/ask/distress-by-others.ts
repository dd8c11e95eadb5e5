import {
  CHILD,
  END,
  HELPERS,
  INTIMATE,
  MINE,
  OTHER,
  PARTNER,
  PLACE,
  patternsOf,
  RELATIVE,
  SOMEONE,
  WHOSE,
} from './distress-words.ts'

const VIOLENT =
  '(?:hit|hits|hitting|beat|beats|beating|beaten|batter(?:s|ed|ing)?|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?|slap(?:s|ped|ping)?|smack(?:s|ed|ing)?|thump(?:s|ed)?|belt(?:s|ed)|headbutt(?:s|ed)?|spit(?:s|ting)? (?:on|at)|bit|bites|biting|chok(?:e|es|ed|ing)|strangl(?:e|es|ed|ing)|suffocat(?:e|es|ed|ing)|abus(?:e|es|ed|ing)|hurts|hurting|harm(?:s|ed|ing)?|rap(?:e|es|ed|ing)|molest(?:s|ed|ing)?|assault(?:s|ed|ing)?|grop(?:e|es|ed|ing)|fondl(?:e|es|ed|ing)|threaten(?:s|ed|ing)?|blackmail(?:s|ed|ing)?|stalk(?:s|ed|ing)?|terroris(?:e|es|ed|ing)|tortur(?:e|es|ed|ing)|whip(?:s|ped|ping)?|shov(?:e|es|ed|ing)|attack(?:s|ed|ing)?|lock(?:s|ed|ing)?|drug(?:s|ged|ging)?|groom(?:s|ed|ing)?|kill|strangle|burn(?:s|ed|t|ing)?|stab(?:s|bed|bing)?|shak(?:e|es|ing)|shook|scratch(?:es|ed|ing)?|spank(?:s|ed|ing)?|pin(?:s|ned|ning)|terrif(?:y|ies|ied)|intimidat(?:e|es|ed|ing)|hurt(?= (?:my|our|the) (?:\\w+ )?(?:child|children|son|daughter|kids?|baby|boy|girl|grandson|granddaughter|niece|nephew|toddler))|pull(?:s|ed|ing)? (?:my|her|his) hair|thr(?:ow|ows|ew|owing) (?:[\\w]+ ){1,3}(?:at|over))'
const VICTIM =
  '(?:me|us|my|our|the (?:kids|children|baby|boys|girls|child)|his (?:wife|kids?|child|children|son|daughter|girlfriend|stepdaughter|baby|mother)|her (?:husband|kids?|child|children|son|daughter|baby|mother)|their (?:kids?|child|children|son|daughter|baby))'
const DONE =
  '(?:abused|raped|molested|beaten|beaten up|assaulted|stalked|trafficked|threatened|groomed|groped|strangled|choked|hit|slapped|punched|kicked|harassed|blackmailed|exploited|neglected|attacked|tortured|locked (?:up|in)|controlled by)'
const BY = `(?: (?:by|at home|at school|every|all the|when|and|at night|again|as a|online|regularly|daily|because|in (?:my|our|the|a) (?:home|church|family|marriage|house)))`
const AFRAID = '(?:afraid|scared|frightened|terrified|petrified)'
const WEAPON = '(?:gun|knife|weapon|machete|axe|pistol|rifle|hammer|bat)'
const CLOTHES =
  '(?:skirt|dress|pants|trousers|shirt|top|underwear|knickers|blouse|legs|shorts|clothes|bra|pyjamas|pajamas|nightie|t-shirt|jeans)'
const SEXUAL = '(?:porn\\w*|naked|nude|dirty|rude|sexual|explicit|inappropriate|sexy|indecent)'

/** Violence by a person. */
const violence = [
  `\\b(?:hit|beaten|beaten up|slapped|punched|kicked|abused|raped|molested|choked|strangled|threatened|groped|assaulted|groomed|stalked|blackmailed) by (?:my|his|her|their|a|an|the|our) (?:own )?(?:[\\w-]+ )?(?:${RELATIVE}|${OTHER})\\b`,
  '\\b(?:told|tells|made|makes) me (?:to )?(?:say|lie|tell)\\b[^.!?]{0,25}\\b(?:fell|accident|door|stairs)\\b',
  '\\b(?:next door|neighbou?rs?|upstairs|downstairs)\\b[^.!?]{0,40}\\b(?:scream\\w*|beaten|hitting|marks on|crying all|begging)\\b',
  '\\b(?:violence|abuse|beatings?) (?:in|at) (?:my|our) (?:own )?(?:home|house|marriage|family|relationship)\\b|\\bburn (?:the|our|my) house (?:down )?(?:with|if|while)\\b|\\bthreaten\\w* to burn\\b',
  `\\b${INTIMATE}\\b[^.!?]{0,80}\\b(?:hit|hits|hitting|beat|beats|beating|punch\\w*|kick(?:s|ed|ing)|slap\\w*|chok\\w+|strangl\\w+|rap(?:e|es|ed|ing)|molest\\w*|abus(?:e|es|ed|ing)|assault\\w*|whip(?:s|ped)|stab(?:s|bed)|threaten\\w*) (?:me|us|her|him|them|the (?:kids|children|baby))\\b`,
  `\\bto (?:beat|hit|punch|slap|rape|choke|strangle|kick|whip|molest|abuse) (?:me|us|his wife|your wife|a wife|her|my (?:kids|children|mum|mom|mother|sister)|wives|women|children)\\b`,
  '\\b(?:rais(?:es|ed|ing)|shak(?:es|ing)|clench(?:es|ed)) (?:his|her|a|their) fists?\\b|\\brais(?:es|ed|ing) (?:his|her|a) hand (?:to|at|against) (?:me|us|my|the kids)\\b|\\bblack and blue\\b',
  `\\b${INTIMATE}\\b[^.!?]{0,30}\\bcalls me (?:\\w+ ){0,2}?(?:worthless|stupid|fat|names|useless|ugly|whore|bitch|slut|pig|nothing)\\b`,
  '\\b(?:abused|battered|beaten|mistreated) (?:wife|wives|child|children|woman|women|husband|spouse|girl|boy)\\b',
  '\\b(?:someone|a man|stranger|burglar|intruder|somebody)\\b[^.!?]{0,20}\\b(?:in (?:my|the|our) house|breaking in|broke in(?:to)?|at my (?:door|window)|outside my)\\b',
  `\\b(?:${PARTNER}|he|dad|father|mum|mom|mother|stepdad|stepfather|son|temper)\\b[^.!?]{0,40}\\b(?:gets?|got|getting|becomes?|turns?|turned) (?:\\w+ )?(?:physical|violent|nasty and|abusive)\\b(?! (?:therapy|education))|\\b(?:he|${PARTNER}|dad|father|stepdad|son)\\b[^.!?]{0,20}\\b(?:punch|smash|kick|throw|break)\\w* (?:\\w+ )?(?:holes|the walls?|walls|doors?|plates|furniture|things (?:at|when|if))\\b`,
  '\\bdeath threats?\\b|\\b(?:an|my|her|his|the|your|our) abusers?\\b|\\b(?:divorce|leave|forgive|marry|married to|escape|fear|face|love) (?:an |my |the )?abusers?\\b',
  '\\b(?:a|some) safe (?:place|house|home|somewhere) (?:to (?:stay|go|sleep|live|hide)|tonight|for me|from)\\b|\\bsomewhere safe (?:to (?:stay|go|sleep|hide)|tonight|for me)\\b',
  '\\b(?:hitting|beating|punching|slapping|choking|kicking|abusing|raping|molesting|strangling|threatening|hurting|stalking|grooming|attacking|smothering) (?:me|us|her|him|my (?:\\w+ )?(?:mother|mum|mom|sister|brother|kids?|children|child|son|daughter|baby|face)|the (?:kids|children|baby))\\b',
  '\\b(?:punch(?:es|ed)|slap(?:s|ped)|kick(?:s|ed)|chok(?:es|ed)|strangl(?:es|ed)|rap(?:es|ed)|molest(?:s|ed)|smack(?:s|ed)|whips|beats|stab(?:s|bed)|grop(?:es|ed)|assault(?:s|ed)|batter(?:s|ed)|drugged|abus(?:es|ed)|hits|hit|threatened) (?:me|us)\\b(?! (?:out of (?:the )?(?:team|choir|competition)))',
  `\\b(?:he|she|they|${MINE})${HELPERS} (?:broke|breaks|fractured|dislocated|cracked|split|busted|bust) my (?:nose|arm|jaw|ribs?|wrist|fingers?|tooth|teeth|collarbone|leg|hand|lip|cheekbone|eye socket)\\b`,
  `\\b(?:he|she|they|someone|${MINE}) (?:has|have|has got|got|is holding|is carrying) (?:a|his|the) (?:loaded )?${WEAPON}\\b(?! (?:for|collection|licen))`,
  '\\bblack eyes?\\b',
  `\\b(?:her|him|them|kids|children|child|baby|woman|wife|girl|boy|she|he|mum|mom|mother|father|dad|grandmother|grandfather)(?: is| are| was)? being (?:hit|beaten|hurt|abused|slapped|attacked|molested|raped|neglected|mistreated|ill-treated)(?! by (?:the (?:soldiers|romans)|sin|satan))\\b`,
  `\\b${SOMEONE}${HELPERS} ${VIOLENT} ${VICTIM}\\b`,
  `\\b(?:${MINE})${HELPERS} (?:hit|hits|hitting|beats|beating|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?|slap(?:s|ped|ping)?|abus(?:es|ed|ing)|rap(?:es|ed|ing)|molest(?:s|ed|ing)?|chok(?:es|ed|ing)|strangl(?:es|ed|ing)|threaten(?:s|ed|ing)|hurts|groom(?:s|ed|ing)|stalk(?:s|ed|ing)|grop(?:es|ed|ing)) (?:her|him|them)\\b`,
  `\\b(?:a|an|the|my|her|his|any|that|this) (?:[\\w-]+ )?(?:${RELATIVE}|${OTHER}|someone|person) (?:who|that)${HELPERS} ${VIOLENT} (?:his|her|him|me|them|you|their|my|us|children|women)\\b`,
  `\\b${SOMEONE}${HELPERS} (?:push(?:es|ed|ing)?|dragg?(?:s|ed|ing)?|thr(?:ew|ows|owing)|grabb?(?:s|ed|ing)?|pinn?(?:s|ed|ing)?) (?:me|us|my \\w+|her|him) (?:down|against|into|over|around|onto|out|by|across|so hard|and)\\b`,
  `\\b(?:grabb?(?:s|ed|ing)?|squeez(?:e|es|ed|ing)|twist(?:s|ed|ing)?|burn(?:s|ed|t|ing)?) my (?:arms?|wrists?|hair|neck|throat|hands?|breasts?|bum|bottom|crotch)\\b`,
  `\\b(?:i|we|${MINE}) (?:am|was|were|is|are|have|has|had|got|get|gets|keep|keeps|kept)(?: \\w+){0,2}?(?: being| been| getting)? ${DONE}(?:${BY}|${END})`,
  `\\b(?:i|we|${MINE}) (?:am|was|were|is|are|have|has|had|got|get|keep|kept) (?:\\w+ ){0,2}?(?:being |been |getting )?(?:abused|raped|molested|assaulted|stalked|trafficked|groomed|groped|strangled|choked|blackmailed)\\b`,
  `\\bbeing (?:abused|raped|molested|beaten|assaulted|stalked|trafficked|threatened|groomed|blackmailed|hit)\\b[^.!?]{0,25}\\b(?:at home|by (?:my|his|her|their|someone)|by (?:a|the|our|an) (?:${RELATIVE}|${OTHER}))\\b`,
  `\\b(?:hands?|arm|belt|fingers?|pillow) (?:is |are )?(?:round|around|on|over|to|against|across) (?:my|her|our|his) (?:throat|neck|mouth|face)\\b`,
  `\\b(?:he|she|they|someone|${MINE})\\b[^.!?]{0,40}\\b(?:has|have|got|keeps|pull(?:s|ed)|point(?:s|ed|ing)|wav(?:es|ed|ing)|held|holds|put|puts|comes? at me with|came at me with|threaten\\w*)\\b[^.!?]{0,25}\\b${WEAPON}\\b[^.!?]{0,40}\\b(?:me|us|my|her|on|over)\\b`,
  `\\b(?:bruises|bruised|bruise|black eyes?|broken (?:ribs?|arm|nose|jaw|wrist)|welts|burn marks|cigarette burns|burns|split lip)\\b[^.!?]{0,40}\\b(?:(?:from|by|because|after|when) (?:my|her|his|their|our|the) (?:\\w+ )?(?:${RELATIVE}|${OTHER})|(?:from|where|because|after|when) (?:he|she)|again|on (?:my|her|his|their) (?:arms?|legs?|face|neck|back|body|wrists?))\\b`,
  `\\b(?:${CHILD}|${MINE}|she|he)\\b[^.!?]{0,50}\\b(?:has|had|have|with|comes? (?:to|in)[^.!?]{0,20}|covered in|full of|see|seen|noticed|hid(?:e|es|ing)) (?:\\w+ ){0,2}?(?:bruises|black eyes?|cigarette burns|burn marks|welts|burns|belt marks|strange marks)\\b`,
  `\\b(?:hid(?:e|es|ing)|cover(?:ing)? up|leav(?:e|es|ing)|left|gave|gives) (?:me )?(?:my |the |her |with )?(?:\\w+ )?(?:bruises|a black eye|black eyes|marks on (?:me|my))\\b`,
  `\\b(?:${MINE}|he|she)\\b${HELPERS} (?:going|wants?|threatens?|threatened|threatening|tried|trying|will|would|might|could)? ?(?:to )?(?:kill|strangle|shoot|stab|hurt|beat) (?:me|us|her|him|them|my \\w+|our \\w+|the (?:kids|children|baby))\\b`,
  `\\b(?:${SOMEONE})\\b[^.!?]{0,40}\\b(?:going|wants?|threatens?|threatened|threatening|tried|trying|will|would|might) (?:to )?(?:kill|hurt|strangle|beat|harm|shoot|stab) (?:me|us|my (?:child|children|son|daughter|kids|mother|mum|mom|family|sister|brother|baby))\\b`,
  `\\b(?:says?|said) (?:that )?(?:he|she|they) (?:is going to|will|would|wants to) (?:kill|hurt|shoot|find|use it on) (?:me|us|my|her|him)\\b`,
  `\\b(?:abusive|violent|controlling|coercive) (?:marriage|relationship|home|family|household|church|situation|father-figure|${RELATIVE}|${OTHER})\\b`,
  `\\b(?:${RELATIVE}|${OTHER}|he|she)\\b[^.!?]{0,20}\\b(?:is|are|has been|became|becomes|gets|get|was|turns) (?:\\w+ )?(?:abusive|violent|dangerous|aggressive when|out of control)\\b`,
  '\\b(?:sexual(?:ly)?|domestic|child|emotional(?:ly)?|physical(?:ly)?|spiritual(?:ly)?|verbal(?:ly)?|financial(?:ly)?|clergy|marital|elder|spousal) (?:abuse[ds]?|abusing|abusive|violence|violent|assault(?:s|ed)?|harass(?:ed|ment)?|rape)\\b',
  `\\b(?:about|from|of|suffer(?:ed|ing)?|survived|endur(?:e|ed|ing)|report(?:ing)?|escap(?:e|ed|ing)|respond to|after|years of|past|history of|surviv(?:e|or)) (?:the |my |past |childhood |this |an )?abuse(?: (?:at|in|by) (?:home|my|our|the (?:home|church|family)|a (?:marriage|church|family)))?(?! of| the)${END}`,
  '\\b(?:victim|survivor)s? of (?:\\w+ )?(?:rape|abuse|violence|assault|incest|trafficking|grooming|stalking)\\b|\\babuse (?:victim|survivor)s?\\b|\\brape (?:victim|survivor)s?\\b',
  '\\bsomeone\\b[^.!?]{0,40}\\b(?:attacked|hit|raped|robbed|threatened|stabbed|drugged|followed) me\\b',
]

/** Sexual abuse. */
const sexual = [
  '\\b(?:fingers?|hands?) inside (?:me|her|him|my)\\b|\\b(?:pictures?|photos?|pics?|videos?|selfies?)\\b[^.!?]{0,30}\\b(?:without (?:my |any )?clothes|naked|nude|no clothes|underwear|topless|undressed)\\b|\\btak(?:e|ing) (?:my|her|his|their|our) clothes off\\b|\\b(?:boys?|girls?|child|children|kids)\\b[^.!?]{0,40}\\bon his lap\\b|\\btouch(?:es|ing) them\\b',
  '\\b(?:hurt|harmed|used|violated|exploited|forced)\\b[^.!?]{0,30}\\bsexual(?:ly)?\\b|\\bsexually (?:hurt|used|violated|exploited|harmed|forced)\\b|\\bviolated me\\b',
  '\\b(?:sleeping|slept|sex|in bed|relationship|affair) with (?:a|an|my|our|the) (?:\\w+ )?(?:\\d+ ?-?(?:year|yr)|minor|underage|teenage girl|teenage boy|child)\\b',
  '\\btouch(?:es|ed|ing) (?:up )?(?:the |little |young |teenage |some |other )*(?:girls|boys|children|kids|women|students|minors|teenagers|choirboys)\\b',
  '\\bhands? (?:\\w+ )?(?:on|up|over|between) (?:my|her) (?:inner |upper )?(?:thighs?|knee|legs?|bum|bottom|breasts?|chest|backside|waist|crotch)\\b',
  `\\b(?:teacher|coach|pastor|priest|vicar|leader|elder|deacon|uncle|stepfather|stepdad|boss|tutor|doctor|counsell?or|man|neighbou?r|cousin|stepbrother|boy|someone)(?: at \\w+)?${HELPERS} kiss(?:ed|es|ing) me\\b|\\b(?:told|tells|made|makes|asked|warned) me (?:not to|never to|to not) (?:tell|say)\\b|\\bour (?:little )?secret\\b|\\bif i (?:tell|told|report|speak)\\b[^.!?]{0,30}\\b(?:he|she|they) (?:will|would|is going to)\\b`,
  `\\bpregnant (?:by|from|with the (?:child|baby) of) (?:my|her|a) (?:\\w+ )?(?:stepfather|stepdad|father|dad|uncle|brother|cousin|stepbrother|grandfather|teacher|pastor|rapist)\\b|\\b(?:is|was|is this|was this) it (?:still )?rape\\b`,
  `\\b(?:${MINE}|she|he) was (?:\\w+ )?touched (?:by|inappropriately|sexually|at)\\b|\\binappropriate(?:ly)? (?:touch\\w*|contact|relationship with (?:a|my|our)|with (?:my|a|our) (?:\\w+ )?(?:${CHILD}))\\b`,
  '\\b(?:paedophiles?|pedophiles?|sexual predators?|child porn\\w*|molesters?|rapists?|sex offenders?)\\b',
  '\\b(?:not|never) take no for an answer\\b[^.!?]{0,30}\\b(?:bed|sex|night|me)\\b|\\b(?:was|got|climbed|lying) on top of me\\b|\\b(?:sex|sleep with (?:him|her)|bed)\\b[^.!?]{0,25}\\b(?:when i (?:do|did) not want|when i say no|against my will|even (?:if|when|though) i|without my (?:consent|permission)|i said no)\\b|\\bi said no\\b[^.!?]{0,30}\\b(?:did not stop|anyway|carried on|kept|forced|ignored)',
  '\\b(?:private parts?|privates|genitals|vagina|penis|boobs)\\b',
  `\\b(?:${RELATIVE}|${OTHER}|he|she|someone)${HELPERS} (?:to )?touch (?:me|her|him|my \\w+)\\b`,
  `\\bask(?:s|ed|ing)? (?:me|her|him|them|my \\w+|for) (?:for )?(?:\\w+ )?(?:pictures|photos|pics|nudes|sex|a kiss)\\b`,
  `\\b(?:man|men|coach|teacher|pastor|leader|director|priest|stranger|someone|adult|vicar|volunteer|elder)\\b[^.!?]{0,30}\\b(?:texting|messaging|dming|chatting (?:with|to)|texts|messages) (?:my|our) (?:\\d+|(?:\\w+ )?(?:daughter|son|child|kid|sister|niece|teen))`,
  `\\b${WHOSE} (?:${RELATIVE}|${OTHER})(?: at church)?${HELPERS} touch(?:es|ed|ing) (?:me|us|my (?:child|children|son|daughter|kids?|little \\w+|private \\w+|body|breasts?|bum|bottom|chest))\\b(?! with (?:his|her|their) (?:words|kindness|sermon|story|testimony|generosity))`,
  `\\b(?:says?|said|told|tells?|thinks?|claims?)\\b[^.!?]{0,50}\\b(?:${RELATIVE}|${OTHER}|he|she|they|someone)(?: at (?:\\w+ ){0,2}(?:church|school|club|home))?${HELPERS} (?:touch(?:es|ed|ing)?|hurts?|hit|hits) (?:her|him|them)\\b`,
  `\\bi was (?:\\w+ )?touched (?:as a (?:child|kid|boy|girl|teenager)|when i was|by (?:a |an |my |the |our )?(?:[\\w-]+ )?(?:${RELATIVE}|${OTHER}))`,
  '\\b(?:touch(?:es|ed|ing)|kiss(?:es|ed|ing)|grabb?(?:s|ed|ing)?|strok(?:es|ed|ing)) (?:me|her|him|them|my \\w+) (?:\\w+ )?(?:inappropriately|sexually|against my will|without (?:my )?consent|down there|in (?:a bad|the wrong|a wrong) (?:way|place)s?|where (?:he|she|they|nobody) should(?: not)?|at night|in (?:his|her|the) (?:office|car|bed|bath))\\b',
  `\\b(?:hand|hands|fingers?) (?:\\w+ )?(?:up|down|in|inside|under|between) (?:my|her|his|their|our) (?:\\w+'?s )?${CLOTHES}\\b`,
  `\\b(?:he|she|they|${MINE}|${WHOSE} (?:${RELATIVE}|${OTHER}))\\b[^.!?]{0,40}\\b(?:mak(?:e|es|ing)|made|forc(?:e|es|ed|ing)|pressur(?:e|es|ed|ing)|ask(?:s|ed|ing)?|wants?|wanted|tells?|told) (?:me|us|her|him|my \\w+) (?:to |into )?(?:do (?:things|stuff|sexual|sex|something (?:sexual|bad))|doing (?:things|stuff|sexual)|touch (?:him|her|his|himself)|take (?:off|my clothes|her clothes|naked)|undress|get undressed|strip|watch (?:porn|him|them)|sleep with|hav(?:e|ing) sex|sex|send(?:ing)? (?:\\w+ )?(?:pictures?|photos?|pics?|nudes?|videos?)|keep(?:ing)? (?:a|our|his|it|secrets?|quiet)|perform|not tell)\\b`,
  '\\bforc(?:e|es|ed|ing) (?:me|us|her|him|my \\w+) (?:to |into )?(?:hav(?:e|ing) sex|sex|sexual\\w*|sleep(?:ing)? with|undress|watch porn\\w*|do things|marry|a marriage)\\b|\\bforc(?:e|es|ed|ing) (?:himself|herself|themselves) (?:up)?on\\b|\\bforced marriage\\b',
  `\\b(?:${RELATIVE}|${OTHER}|he|she|they)\\b[^.!?]{0,40}\\bd(?:id|oes|oing) (?:things|stuff|something|sexual \\w+|bad things|terrible things|awful things|horrible things|unspeakable things) (?:to|with) (?:me|her|him|my \\w+|us)\\b|\\bd(?:id|oes) (?:sexual|bad|dirty|horrible) things to (?:me|her|him|my \\w+)`,
  `\\b(?:show(?:s|ed|ing)?|sent|sends?|sending|texts?|texted|messag(?:es|ed)) (?:me|us|her|him|(?:my|our|the) (?:\\w+ ){1,3}?|children |kids |a child )(?: )?${SEXUAL}\\b`,
  '\\b(?:sexual|naked|nude|explicit) (?:messages?|pictures?|photos?|pics?|texts?|videos?|images?|advances|favou?rs|comments)\\b|\\bsend(?:ing)? nudes\\b|\\b(?:flash(?:ed|es)|expos(?:ed|es|ing) (?:himself|herself)) (?:me|to)\\b',
  `\\b(?:${RELATIVE}|${OTHER}|he)\\b[^.!?]{0,30}\\b(?:come|comes|came|coming|gets|get|got|climbs|climbed|sneaks|sneaked|crawls) (?:into|in to|in) (?:my|her|his|their) (?:room|bed|bedroom|shower|sleeping bag)\\b`,
  `\\b(?:${RELATIVE}|${OTHER}|he|she)\\b[^.!?]{0,30}\\b(?:in bed with|sleeps? with|slept with|having sex with|had sex with|gets? into bed with) (?:me when i was|(?:my|our|her|his|the) (?:\\w+ )?(?:daughter|son|child|kids?|stepdaughter|little)|a (?:child|minor|teenager|girl of)|her$|him$)`,
  `\\b(?:${RELATIVE}|${OTHER}|he|she)\\b[^.!?]{0,20}\\bgets? in(?:to)? bed with (?:me|her|him)\\b|\\bwatch(?:es|ed|ing) me (?:shower|undress|change|in the (?:shower|bath)|sleep)\\b`,
  `\\b(?:i|${MINE}|she|he) (?:\\w+ ){0,3}?(?:raped|molested|groomed|trafficked|gang raped)\\b(?! by (?:the soldiers|amnon|her brother amnon))|\\b(?:pregnant|child|baby) (?:from|by|after|because of) (?:a )?rape\\b|\\b(?:marital|date) rape\\b|\\b(?:after|since|about|from|over) (?:the|my|a) rape\\b(?! of)|\\brape (?:victim|survivor|crisis)`,
  '\\bis being groomed\\b|\\bgroom(?:ed|ing) (?:me|my|her|him|our|children|kids|teenagers|online)\\b|\\bsex(?:ual)? abus\\w+',
]

/** Fear of a person, control by one, and children in danger. */
const danger = [
  `\\b(?:bruises?|burns|welts|cuts)\\b[^.!?]{0,20}\\bon (?:a|an|the|my|this|that|one of the) (?:\\w+ )?${CHILD}\\b`,
  `\\b(?:${PARTNER}|he|she) is (?:\\w+ )?(?:controlling|abusive|possessive and|jealous and)\\b|\\b(?:afraid|scared|frightened|terrified) (?:to|of) (?:break|breaking|split|splitting) up with\\b|\\b(?:afraid|scared|fear|worried|concerned) for (?:my|our|her|his|their) (?:own )?(?:safety|life|lives|children'?s safety)\\b`,
  `\\b(?:leav(?:es|ing)|left|leave) (?:his|her|their|the|my|our) (?:\\w+ )?${CHILD} (?:home )?alone (?:all|for (?:hours|days)|at night|in the|overnight|at home|home)\\b`,
  `\\b(?:${CHILD}|she|he)\\b[^.!?]{0,50}\\b(?:flinch\\w*|cowers?|wets (?:herself|himself) when|swollen (?:eye|face|lip)|limping)\\b`,
  `\\bhid(?:e|ing)(?: (?:in|under|behind|at) (?:the|a|my) \\w+)? from my (?:\\w+ )?${INTIMATE}\\b`,
  `\\b${PARTNER}\\b[^.!?]{0,60}\\b(?:threat(?:en|ens|ened|ening)) (?:to |that )?(?:he |she )?(?:will |would )?(?:take|kill|hurt|hit|throw|kick|burn|shoot|harm|keep|share|post|deport|destroy|ruin)\\b|\\b${PARTNER}\\b[^.!?]{0,30}\\b(?:monitor|spi|track|check)\\w* (?:on )?(?:me|my (?:phone|messages|location|emails?))`,
  `\\b(?:${CHILD})\\b[^.!?]{0,60}\\b(?:without food|no food|not (?:being )?fed|goes hungry|always (?:hungry|dirty|locked)|locked (?:out|in|outside|up)|left (?:outside|alone) (?:all|for|at|every|without|in))\\b|\\b(?:locks?|locked|shuts?|keeps?) (?:me|us|her|him|them|my \\w+) (?:in|out|inside|outside) (?:the|a|my|our|all)\\b`,
  '\\bcontrol(?:s|ling)? (?:everything|where|who|what|all|my money|our money|every)\\b[^.!?]{0,20}\\b(?:i|my|money|finances|me|do)\\b',
  `\\b${PARTNER}\\b[^.!?]{0,50}\\b(?:takes?|took|hides?|checks?|tracks?|controls?|reads?|smash(?:ed|es)) (?:away )?(?:all )?(?:of )?(?:my|our|the) (?:phone|money|keys|passport|car keys|wages|bank|every|messages|location|pay)\\b`,
  `\\b${PARTNER}\\b[^.!?]{0,60}\\bi am not allowed to\\b|\\bi am not allowed to (?:see|leave|go out|talk to|speak to|call|visit)\\b[^.!?]{0,30}\\b(?:family|friends|sister|mother|mum|mom|house|home|parents|alone|anyone)\\b`,
  `\\b${AFRAID}\\b (?:of|for|that) (?:my |her |our )(?:life|(?:\\w+ )?${RELATIVE})\\b(?! (?:dying|will die|in heaven|salvation|future|going to hell|is not saved|leaving (?:the|god)|losing|growing|soul|and god))`,
  `\\bfear (?:for|of) (?:my |her |our |his )(?:life|safety|${RELATIVE})\\b(?! (?:dying|will die|in heaven|salvation|future))`,
  `\\b(?:i|we|she|${CHILD})\\b (?:am|are|is|feel|get|live)(?: \\w+){0,2}? ${AFRAID} (?:of (?:him|her|what (?:he|she) (?:will|might|would|could|may))|when (?:he|she|my|dad|mum|mom)|around (?:him|my))\\b`,
  `\\bliv(?:e|es|ing|ed) in (?:constant |daily )?(?:fear|terror) (?:of (?:my|him|her|what he|the next)|at home|because|every|from)\\b|\\bwalk(?:ing)? on eggshells\\b[^.!?]{0,40}\\b(?:husband|partner|boyfriend|dad|father|him|wife|home)\\b`,
  `\\b${AFRAID}\\b[^.!?]{0,30}\\b(?:will|would|might|could|may|is going to|to) (?:kill|hurt|beat|harm|hit|shoot|find|take) (?:me|us|my|the kids|the children|him|her)\\b(?! (?:faith|joy|salvation|chance|time))`,
  `\\b${AFRAID} (?:to|of) (?:go|going|be|being|come|coming|stay|staying)(?: alone)? (?:at |back )?home\\b|\\b${AFRAID} to (?:leave him|leave her|leave my \\w+|be alone with (?:him|her|my|our|the)|sleep (?:at|in) (?:home|my))\\b|\\b(?:not want|begs? not|cries|refuses) to (?:go home|go to (?:his|her|their) (?:dad|father|mum|mom|uncle|grand))`,
  '\\b(?:i|we|my (?:child|children|son|daughter|kids|life|sister|mother|mum|mom|friend|brother|wife|niece)|our (?:children|kids))\\b[^.!?]{0,25}\\b(?:not (?:feel |feeling |safe with |be )?safe(?! from (?:hell|sin))|unsafe|in (?:real |serious |great |immediate )?danger(?! of))\\b',
  `\\b(?:will|does|would|did) not let (?:me|her|my \\w+) (?:leave|go out|go home|go to (?:the doctor|church|work)|out|see (?:my|her|his) (?:family|friends|parents|kids|children)|have (?:any )?(?:money|a phone|friends|visitors|a job|my own)|use)\\b`,
  '\\b(?:following me home|held against (?:my|her|his) will|(?:holds?|held|keeps?|keeping) (?:me|her|us) (?:prisoner|captive|locked|hostage)|locks? (?:me|us|her|him|my \\w+|the (?:kids|children)) (?:in|out|inside|up)|locked (?:me|us|her|him|my \\w+) (?:in|up|inside)|kidnapped me)\\b',
  `\\b(?:ex|${PARTNER}|he|she|stalker|man|someone)\\b[^.!?]{0,40}\\b(?:found out where|knows where|find out where|outside my|waits? outside|waiting outside|shows? up at my|turn(?:s|ed) up at my|follow(?:s|ed|ing)) (?:i|we|me|my|house|home|work|door)\\b`,
  `\\bi\\b[^.!?]{0,25}\\b(?:need|want|have|trying|going|how do i|how can i|planning|afraid) (?:to )?(?:get away|escape|hide|run away|flee|get out|leave)(?: safely)? (?:from )?(?:my (?:\\w+ )?${PARTNER} (?:safely|without|before|but|because he|because she|who)|him (?:safely|without|before|but)|my (?:violent|abusive|controlling|dangerous))`,
  `\\b(?:hiding|hide|ran away|run away|running|escaped|fled|flee|escape) from (?:my (?:\\w+ )?${RELATIVE}|him|her (?:husband|ex|boyfriend)|home because)\\b`,
  `\\b${CHILD}\\b[^.!?]{0,40}\\b(?:is|are|being|is being|are being|was being|getting|gets|were being|have been|has been) (?:\\w+ )?(?:beaten|abused|molested|neglected|starved|harmed|raped|groomed|exploited|trafficked|sexually|hurt by (?:a|an|the|his|her|their|someone)|touched by|hit by (?:a |the |his |her |their )?(?:${RELATIVE}|${OTHER})|left (?:home )?alone (?:all|for|at night)|locked|in danger)\\b`,
  `\\b(?:child|children|kids?|boy|girl|baby|toddler|daughter|son|niece|nephew|pupil|student|teenager)s?\\b[^.!?]{0,60}\\b(?:${AFRAID} to go home|${AFRAID} of (?:his|her|their) (?:\\w+ )?(?:${RELATIVE})|says? (?:someone|he|she|a man|an adult|${WHOSE} ${RELATIVE}) (?:hurts|hits|touches|hurt|hit|touched))\\b`,
  `\\b(?:someone|he|she|${RELATIVE}|${OTHER}|neighbou?rs?)${PLACE} (?:is|are|may be|might be|could be|has been|keeps) (?:hurting|beating|abusing|hitting|harming|molesting|starving|neglecting|grooming) (?:a|an|the|his|her|their|my|this|that|some)? ?(?:\\w+ )?(?:${CHILD}|wife|husband|girlfriend|partner|mother)\\b`,
  '\\b(?:call|tell|ring|phone|report (?:him|her|it|this|them) to|go to) (?:the )?(?:police|cops|911|999|cps|social services|authorities) (?:on|about|that|if|when|because)\\b[^.!?]{0,50}\\b(?:husband|wife|father|dad|mum|mom|mother|uncle|pastor|neighbou?r|partner|boyfriend|he|she|child|kid)',
  "\\brestraining order\\b|\\bwomen'?s (?:shelter|refuge)\\b|\\bhonou?r killing\\b|\\bhuman trafficking\\b[^.!?]{0,20}\\b(?:me|victim)",
]

/** Harm that the asker fears to do, or did. */
const byAsker = [
  '\\b(?:afraid|scared|frightened|terrified|worried) (?:of |about )?(?:what )?i (?:might|could|may|will|would) do (?:something )?(?:to|with) (?:my|the|our|him|her|them|myself|someone)\\b',
  `\\bi\\b[^.!?]{0,15}\\b(?:nearly|almost|just|might|wanted to|want to) (?:threw|throw|dropped|drop|hit|shook|shake|drown|hurt|smothered|killed) (?:my|the|our) (?:\\w+ )?(?:baby|child|kids?|son|daughter|toddler|newborn|wife|husband)\\b`,
  `\\b(?:imagin\\w+|pictur\\w+|thoughts? (?:of|about)|urges? to|fantas\\w+|afraid|scared|might|could|will|going to|want to|snap and)\\b[^.!?]{0,30}\\b(?:shak|drown|hurt|harm|smother|kill|stab|strangl|suffocat|throttl)(?:e|es|ing|ning|ering|bing)? (?:my|the|our) (?:\\w+ )?(?:kids?|children|child|baby|son|daughter|toddler|newborn|wife|husband|twins|mother|mum|mom|father|dad)\\b(?!'?s)(?! (?:with my words|feelings|spiritually))`,
  `\\bi\\b[^.!?]{0,20}\\b(?:want|going|feel like|thinking|thoughts|plan|planning|afraid|scared|urge|tempted|might|could|may|will) (?:of |about |to |i (?:will|might|may|could) )*(?:kill|killing|murder|murdering|hurt|hurting|harm|harming|stab|stabbing|shoot|shooting|strangle|strangling|poison|smother|attack|beat up) (?:someone|people|him|her|them|everyone|somebody|my (?:\\w+ )?(?:${RELATIVE}|${OTHER})|the baby|the kids|the children)(?: \\w+)?${END}`,
  `\\b(?:thoughts?|urges?|images|voices)\\b[^.!?]{0,30}\\b(?:kill|killing|hurt|hurting|harm|harming|stab|stabbing|drown|drowning|smother\\w*|shak\\w+) (?:someone|people|him|her|them|my (?:\\w+ )?(?:${RELATIVE})|the baby|others)\\b`,
  `\\bi(?: \\w+){0,3}? (?:hit|slap(?:ped)?|punch(?:ed)?|beat|shook|choked|strangled|kicked|hurt|pushed|shoved|hitting|beating|slapping|threw \\w+ at) (?:my|our|the) (?:\\w+ )?(?:wife|husband|girlfriend|boyfriend|partner|kids?|children|child|baby|son|daughter|toddler|mother|mum|mom|newborn|(?:brother|sister)(?= (?:really |so |very )?(?:badly|bad|seriously|with a)))\\b(?!'?s (?:feelings|heart)| (?:at|in a|to the|feelings|with my words|deeply|emotionally|when i (?:left|lied|said)))`,
]

const otherLanguages = [
  '\\bmi (?:marido|esposo|padre|novio|pareja|padrastro|mujer|esposa)[^.!?]{0,15} (?:pega|golpea|abusa|viola|maltrata|violó|golpeó|pegó)\\b',
  '\\bmon (?:mari|père|copain|beau-père|conjoint|oncle)[^.!?]{0,15} (?:frappe|bat|tape|viole|violée?|battue?)\\b|\\bviolence conjugale\\b',
  '\\bmein (?:mann|vater|freund|stiefvater|onkel|partner)[^.!?]{0,15} (?:schlägt|misshandelt|missbraucht|bedroht|vergewaltigt)\\b|\\b(?:vergewaltigt|häusliche gewalt|missbraucht worden)\\b',
  '\\bmeu (?:marido|pai|namorado|padrasto)[^.!?]{0,15} (?:bate|abusa|agride)\\b',
]

/** Violence, abuse and danger, to oneself or to someone one knows. */
export const distressByOthers = patternsOf([...violence, ...sexual, ...danger, ...byAsker, ...otherLanguages])
