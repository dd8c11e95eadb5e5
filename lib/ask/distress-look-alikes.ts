const THING =
  '(?:ball|frisbee|car|bus|truck|lorry|train|van|bike|bicycle|drunk driver|driver|hail|storm|flu|covid|virus|wave|verse|truth|reali[sz]ation|sermon|message|conviction|grief|sadness|lightning|hurricane|tornado|flood|recession|layoffs|redundancy|thought|word|words)'
const BIBLE =
  '(?:judas|saul|samson|ahithophel|jonah|elijah|jeremiah|jailer|zimri|cain|abel|herod|pharaoh|esau|jezebel|haman|amnon|tamar|dinah|uzzah|moses|abraham|isaac|absalom|joab|david|hagar|silas|haman|herodias|goliath|stephen|paul|peter|christ|jesus|simeon|rachel|naboth|uriah|bathsheba|jephthah|abimelech|eli|the (?:israelites|egyptians|pharisees|romans|soldiers|philistines|prodigal|levite|disciples|apostles|prophets?|martyrs))'
const OWN = '(?<!\\bmy \\w+ )(?<!\\bmy \\w+ \\w+ )'

/** The words of distress about doctrine, people of the Bible or everyday things. */
export const lookAlikes: readonly RegExp[] = [
  // Doctrine.
  /\b(?:die|dies|died|dying|dead|death) (?:daily )?(?:un)?to (?:the |my |our |your |one'?s )?(?:own )?(?:self|sin|sins|myself|ourselves|law|world|flesh|old|pride|ego|desires?|will|ambition)\b/g,
  /\b(?:die|dies|dying|ready to die|died) for (?!me\b)/g,
  /\b(?:be|being|get|getting|make me) ready to die\b/g,
  /\bdie (?:well|happy|daily|every day to|in (?:faith|christ|the faith|grace|my sins?|the lord)|a (?:good|christian|happy|martyr'?s?) death|a (?:christian|believer|martyr)|with (?:dignity|hope|confidence|christ|him|jesus)|empty|knowing|old|laughing|of old age|in my (?:own bed|sleep at))\b/g,
  /\bdying to (?!be (?:dead|gone)\b)\w+/g,
  /\b(?:kill|kills|killing|hate|hating|deny|denying|crucify|crucifying|mortify|mortifying) (?:off )?(?:the |my |our |your )?(?:own )?(?:sins?|self|flesh|old (?:man|self|nature)|pride|lust|ego|desires?|idols?|bitterness|envy|anger)\b/g,
  /\b(?:sin|temptation|pride|lust|fear|worry|anxiety|addiction|doubt|guilt|legalism|gossip) (?:\w+ )?(?:will |would |can |is |be )*(?:kill|killing|hurt|hurting|harm|destroy|attack|beat)(?:s|ing)? (?:me|us|you|my|our)\b/g,
  /\bstarv(?:e|es|ed|ing) (?:my|our|your)sel(?:f|ves) of\b/g,
  /\b(?:satan|the devil|devil|the enemy|demons?|sin|my sin|death|the flesh|temptation|grace|god|jesus|christ|the lord|the holy spirit|this world)(?: \w+){0,4}? (?:kill|kills|hurt|hurts|beat|beats|attack|attacks|attacking|destroy|threaten|threatens|touch|touched|harm) (?:me|us|you)\b/g,
  /\b(?:should|must|why (?:should|must|do)|how can|how do|what does it mean to) (?:i|we|you|christians?|a christian) (?:have to )?hate (?:my|our|your|their|his) (?:own )?life\b/g,
  /\bi (?:discipline|beat|buffet|strike|pommel) my body\b/g,
  /\b(?:heavenly father|father in heaven|god the father|the father's hand)\b/g,
  /\bfear of (?:god|the lord)\b/g,
  /\bbeaten (?:down|with|by (?:my |a |the )?(?:sin|temptation|satan|doubt|fear|addiction|(?:the )?(?:devil|enemy|world)))\b/g,
  /\b(?:take|took) my life (?:and|in(?:to)? (?:your|his)|for granted|seriously|back)\b(?! (?:end|be done|it is over))/g,
  /\b(?:god|lord|jesus|you|he) (?:will |would |can )?takes? my (?:life|breath) (?:and|in)\b/g,
  /\bwhen (?:god|the lord|jesus|he) takes me(?: home)?\b/g,
  /\b(?:abuse|abuses|abused|abusing) (?:of )?(?:the )?(?:power|authority|grace|freedom|liberty|trust|wealth|alcohol|language|lord'?s (?:supper|name|table)|sacraments?|scripture|communion|spiritual gifts|gifts|tongues|privilege|god'?s)\b/g,
  /\bfast(?:ed|ing|s)? (?:for |from )?[^.!?]{0,40}/g,
  /\b(?:cut|cuts|cutting) (?:a |the |of )?(?:covenants?|corners|grass|hair|ties|off|out|down|costs|edge|remarks?|people|the cord|class|carbs|sugar)\b/g,
  /\blay(?:ing)? (?:down )?(?:my|his|your|our) (?:life|hands?)\b/g,
  /\blos(?:e|es|ing) (?:my|his|your|one'?s) life\b/g,
  // People of the Bible.
  /\b(?:judas|saul|samson|ahithophel|zimri|jailer|abimelech|jonah|elijah|job|jeremiah)\b[^.!?]*\b(?:suicide|(?:kill|hang)(?:ed|ing)? himself|hung himself|(?:tak(?:e|ing)|took|end(?:ed)?) his own life)\b/g,
  new RegExp(
    `${OWN}\\b${BIBLE}(?: (?!(?:i|me|my|if|people|someone|anyone|who|please|help|can|could)\\b)[\\w']+){0,6}? (?:want(?:ed|ing)? to (?:die|kill)|wish(?:ed|ing)? (?:to (?:die|be dead)|he (?:was|were|had)[\\w ]*)|(?:might|would rather) die|ask(?:ed)? (?:god )?(?:to (?:die|take|kill)[\\w ]*)|(?:rap|beat|strangl|kill|stab|abus|hit|attack|threaten|whipp|hurt|touch)\\w* (?:his|her|him|them|the|tamar|john|paul|jesus|(?:little )?children)|jump(?:ed)? (?:off|from)|(?:throw|threw) himself|better for me to die)\\b`,
    'gu',
  ),
  new RegExp(
    `${OWN}\\b${BIBLE} (?:(?:was|were|being|is|be|got|and) )*(?:\\w+ )?(?:raped|beaten|attacked|hit|abused|killed|threatened|hung|hanged|assaulted|tortured|touched|whipped)\\b[^.!?]{0,30}`,
    'gu',
  ),
  /\b(?:jesus|christ|he) (?:really )?commit(?:ted)? suicide\b/g,
  /\b(?:nobody|everyone|who|none of us|few|most people) (?:\w+ )?wants? to die\b/g,
  /\babusers of themselves\b|\b(?:drug|alcohol|substance) abusers?\b/g,
  /\btablets of (?:stone|the|clay)\b|\bstone tablets\b|\b(?:took|take|takes|taking|have|need) (?:my|a|an|one|two|three|some|the|any) (?:\w+ )?(?:pills?|tablets?|medicines?|medication) (?:for|every|daily|to sleep|because of|with|and fell|on time|is|as)\b/g,
  /\bsuicide\b[^.!?]*\b(?:judas|saul|samson|ahithophel|masada)\b/g,
  /\bsuicide (?:bomb\w*|squad|mission|attack)\b/g,
  /\b(?:prophets of baal|priests of baal|man (?:among|in|of) the tombs|legion|gerasene|demoniac|demon-possessed man)\b[^.!?]*/g,
  /\b(?:rape|murder|death|killing|beating|stoning|abuse|suicide) of (?:tamar|dinah|abel|uriah|stephen|john the baptist|judas|saul|the (?:levite'?s )?concubine|naboth)\b/g,
  // Everyday speech.
  /\b(?:could have|nearly|almost|about|i|we|just) (?:died|die|killed myself) (?:of )?(?:laughing|laughter|embarrassment|shame when|boredom|shock|curiosity|when (?:he|she|they) (?:said|told|dropped))\b/g,
  /\bdying (?:of|from) (?:laughter|thirst|boredom|curiosity|heat|hunger for)\b|\b(?:bored|scared|worried|tickled|frozen|starved|frightened|sick|loved?) (?:\w+ )?to death\b/g,
  /\b(?:heat|back|feet|head|suspense|knees?|diet|traffic|waiting|exam|exams|work|job|commute|toothache|homework) (?:is|are|was|were) (?:\w+ )?killing me\b|\bkill(?:ing)? (?:time|two birds|the (?:mood|engine|lights|vibe|joy|music)|joy|for (?:a|some))\b/g,
  /\b(?:mum|mom|dad|mother|father|parents|boss|teacher|wife|sister|choir|pastor) (?:\w+ )?(?:will|would|is going to|are going to) kill me (?:if|when) i (?!(?:leave|left|tell|told|go|ever|try|speak|report|divorce|get|got|come|do not|am|was|see|find|stay|cry|move)\b)[^.!?]*/g,
  /\b(?:will|would|is going to|are going to) kill me (?:if|when|for) (?:i (?:forget|forgot|miss|missed|am late|do not (?:come|call|bring|tidy|clean)|break|spill|lose|ate|eat|buy|bought|tell)|forgetting|missing|being late|not)[^.!?]*/g,
  /(?<=\bi (?:\w+ )?)(?:cut|burn|burned|burnt|hurt|hurting|injured|poison(?:ed)?) (?:myself|himself|herself|my (?:finger|thumb|hand|arm|leg|tongue|mouth)) (?:by accident|accidentally|(?:while )?(?:shaving|cooking|playing|lifting|running|falling|gardening|working|skiing|chopping|ironing|climbing|moving|carrying|training)|on (?:the|a|my) (?:stove|oven|iron|kettle|bbq|barbecue|pan|football|paper|tin|glass|piano|weekend)|at (?:work|football|the gym|church camp)|with (?:the|a) (?:kitchen|bread|kettle|iron|tea|coffee))\b/g,
  /\b(?:cut|cutting) (?:myself|himself|herself) (?:off|some slack|loose|out|a slice|a piece|shaving)\b|\bshoot(?:ing)? myself in the foot\b|\bhang(?:ing)? (?:myself )?(?:out|in there|around|up)\b|\bkick(?:ing)? myself\b|\b(?:beat|beating) (?:myself|himself|herself) up\b|\b(?:drown|drowning|burn|burning|burned) (?:myself|himself|herself) (?:out|in (?:work|worship|prayer|the word|study))\b|\boff the (?:bridge|roof) (?:fund|repair)\b/g,
  /\b(?:hit|hits|beat|beats|beating) me (?:hard|that|to|like|again that|at \w+|in (?:the|a) (?:race|game|match|heart|face with)|with (?:the|a|this) (?:truth|verse|reality)|right (?:between|in the (?:heart|feels)))(?! (?:with|on|in) (?:a|my|the (?:belt|head|face)))\b/g,
  new RegExp(
    `(?<!\\b(?:hope|wish|want|pray)\\w*[^.!?]{0,30})\\b(?:hit|struck|beaten|attacked|hurt|knocked down) by (?:a |an |the |that |this )?(?:\\w+ )?${THING}\\b`,
    'gu',
  ),
  /\b(?:was|were|am|are|been|got|get) (?:beaten|thrashed|hammered) (?:in|at|to|by) (?:the |a |our |my )?(?:\w+ )?(?:game|match|chess|tennis|football|final|race|punch|rival|team|united|city|score|cards|golf)\b/g,
  /\b(?:beat|beats|beating|hit|hits) (?:my|our|his|her) (?:\w+ )?(?:brother|sister|son|daughter|dad|father|friend|wife|husband|kids|uncle|cousin|boss|pastor)s? (?:at|in) (?!the (?:face|head|kitchen|stomach))/g,
  /\bhurt (?:me|us|him|her|you|them) (?:with (?:his|her|their|my|your) (?:words?|silence|comments?|gossip|attitude)|by (?:gossip|lying|what|saying|leaving)|deeply when)\b|\bhurt(?:ing)? (?:my|his|her|their|your|people'?s)? ?(?:\w+'?s? )?feelings\b/g,
  /\btouch(?:ed|es|ing)? (?:me|us|my (?:heart|soul|life|spirit)|her heart|him|his (?:garment|robe|cloak)) (?:deeply|so much|profoundly|during (?:worship|praise|prayer|communion|the (?:service|sermon|song|hymn))|through|with (?:his|her|their|this) (?:words?|sermon|kindness|story|testimony|song|grace|love))/g,
  /\b(?:toddler|baby|dog|cat|puppy|kids?|children|son|daughter)s?\b[^.!?]{0,20}\b(?:into|in) (?:my|our) (?:room|bed)(?= (?:every|at|when|because)|\s*[.!?]|$)/g,
  /\b(?:spoil|spare)\w* the (?:child|rod)\b/g,
  /\b(?:it|this|that|what|which|verse|sermon|message|passage|song|words?|reality|truth|grief|news|thought|realisation|realization|loss|he said|she said) (?:\w+ )?(?:really |just |suddenly )?(?:hit|hits|beats|hitting|struck|strikes|punched|kicked|slapped) (?:me|us)\b/g,
  /\b(?:church|gospel|faith|christianity|christians) a black eye\b/g,
  /\b(?:knocked|blown|swept) me (?:over|off my feet|away)\b/g,
  /\b(?:end|ending|ended) my life (?:well|story|as|in (?:peace|faith|prayer)|with (?:joy|honou?r)|still)\b/g,
  /\bi (?:want|wanted|would like|hope|wish|long) to live (?:for|in|by|as|a|more|like|out|up|under|with|holy|better|near|closer)\b/g,
  /\b(?:video ?games?|film|movie|novel|tv|song|book|play|hamlet|romeo)\b[^.!?]{0,60}\b(?:suicide|kill\w*|murder|violence|abuse)\b/g,
]
