const any = (words: string) => `(?:${words.trim().replace(/\s+/g, '|').replaceAll('_', ' ')})`

/** Family and partners. */
export const RELATIVE = `(?:(?:ex|step|grand|half-|foster |foster-|god)?${any(`
  husband hubby wife missus spouse partner boyfriend bf girlfriend gf fianc(?:e|é)e? father dad daddy papa pops mother mum mom mam mama
  mummy mommy brother sister son daughter child children kids? parents? folks uncle aunt(?:ie|y)? cousin niece nephew
  baby toddler teen(?:ager)? pa ma gran nan nana granny grandad family twin in-laws
`)}|ex)`
export const PARTNER = any(`
  (?:ex)?husband hubby (?:ex)?wife spouse (?:ex)?partner (?:ex)?boyfriend bf (?:ex)?girlfriend gf fianc(?:e|é)e? ex missus
`)
/** Those one lives with or grew up with. */
export const INTIMATE = any(`
  (?:ex|step)?(?:husband|wife|partner|boyfriend|girlfriend|father|dad|mother|mum|mom|brother|sister|parents) hubby spouse bf gf
  fianc(?:e|é)e? ex uncle grandfather grandad grandpa cousin daddy mummy mommy mam family missus
`)
/** Others whom one may know. */
export const OTHER = any(`
  best_friend friend bestie mate pal neighbou?r roommate room_mate flatmate housemate classmate coach teacher tutor boss manager
  colleague co-?worker carer caregiver doctor therapist nurse man men guy bloke woman lady boy boys girl girls lad relative pastor
  priest vicar elder minister deacon bishop preacher counsell?or leader leaders member mentor worker babysitter student
  pupil volunteer organist landlord scoutmaster lodger stranger adult grown-up
`)
export const CHILD = any(`
  child children kids? boys? girls? baby babies toddlers? (?:step|grand)?sons? (?:step|grand)?daughters? teen(?:ager)?s? students?
  pupils? niece nephew grandchild grandchildren brother sister year[_-]olds?
`)
export const SELF = '(?:myself|himself|herself|themsel(?:f|ves)|yourself|oneself)'
export const PLACE =
  '(?: (?:of mine|(?:at|in|from) (?:my |our |the )?(?:[\\w-]+ )?(?:church|school|nursery|creche|office|house|work|college|uni|university|home|class|choir|group|team|band)))?'
/** Someone of the asker's: "my little sister", "one of my students", "my sister's boyfriend". */
export const MINE = `(?:my|our|me) (?:[\\w-]+ ){0,3}?(?:${RELATIVE}|${OTHER})(?:'?s (?:[\\w-]+ ){0,2}?(?:${RELATIVE}|${OTHER}))?${PLACE}`
export const WHOSE =
  "(?:my|our|her|his|their|the|a|an|this|that|some|one of my|one of our|another|someone's)(?: [\\w-]+){0,3}?(?:'s)?"
export const SOMEONE = `(?:he|she|they|someone|mum|mom|mummy|mommy|dad|daddy|husband|hubby|stepdad|${WHOSE} (?:${RELATIVE}|${OTHER})${PLACE}|\\w+'s (?:\\w+ )?(?:${RELATIVE}|${OTHER}))`
/** Words between a person and what this person does. */
export const HELPERS = `(?: ${any(`
  is was are were has have had been be being keep keeps kept on used to always often sometimes still just once regularly sexually physically
  verbally repeatedly now also even will would started starts tries tried threatens threatened who that says said tells told he she they
  going wants might may could inappropriately never constantly nearly almost actually really and hits drinks gets
  drunk angry trying try likes tries would
`)}| \\w+(?:s|ed)(?: \\w+)? and)*`
/** What ends a clause after "end it" or "go on", which may have another object: "end it with a prayer". */
export const END = `(?=\\s*(?:[.!?,;:)…-]|$|${any(`
  and but because if when since so please though either now tonight tomorrow today already soon again god lord jesus pastor help
  (?:with|like)_(?:this|so_much) any_(?:more|longer) in_the_morning right_now for_good forever so_bad(?:ly)? at_all i what does
  is can will would twice once before last this_week in_this_(?:world|life) without_(?:him|her|them|you)
`)}\\b))`

/** Makes patterns from their parts. */
export const patternsOf = (sources: readonly string[]): RegExp[] =>
  sources.map((source) => new RegExp(source, 'u'))
