import { findSpokenBooks } from '#lib/scripture/spoken-books.ts'

/**
 * The kind of a request. `sermons`: which sermons are on a subject. `speakers`: who preached on it.
 * `summary`: the main sentences of one sermon; `subject` names it, and is empty for the open sermon.
 * `answer`: any other question.
 */
export type AskRequest =
  | { kind: 'answer' }
  | ListRequest
  | {
      kind: 'summary'
      subject: string
      /** The words may be the subject of the sermon and not its title: “the sermon on Elijah”. */
      isSubject: boolean
    }

export type ListRequest = {
  kind: 'sermons' | 'speakers'
  /** What to search for: the request without its own wording. */
  search: string
  /** The same with all chapters of the book, where the subject is a whole book of the Bible; else null. */
  bookSearch: string | null
  /** A list only if the name in it is that of a speaker: “What did Anna Moss preach on?” */
  isOfSpeaker: boolean
}

const politeness = /^(?:(?:please|hi|hello)\b[\s,]*|(?:can|could|would|will) you (?:please )?)+/i
const courtesy = /(?:,? (?:please|for me|thanks|thank you))+$/i

const sermonNoun = '(?:sermons?|messages?|talks?)'
const some = '(?: (?:a|an|any|all|some|the|your|one|another|of|good|short|recent|new|other))*'
const subject = '(?<subject>.*)$'
const about = '(?<subject>(?:on|about|from|in|through|of|against|concerning) .*)$'
const spoke =
  '(?:preach(?:ed|es)?|spoke|speaks?|spoken|taught|teach(?:es)?|talk(?:ed|s)?|given (?:a )?(?:sermon|talk|message)s?|done (?:a )?(?:sermon|talk|message)s?)'
const patternOf = (source: string) => new RegExp(source, 'i')

const sermons = [
  `^(?:which|what) (?:other |of (?:the|your|our|these) )?${sermonNoun}\\b${subject}`,
  `^(?:list|show|find|give|get|play|recommend|suggest|tell)(?: me)?(?: about)?${some} ${sermonNoun}\\b(?! of the (?:cross|gospel))${subject}`,
  `^(?:are|is|were|was) there${some} ${sermonNoun}\\b${subject}`,
  `^(?:(?:(?:do|have|did) you(?: have| got| preach)?|got|any|all|more|the) )*(?:sermons|messages|talks) (?=(?:on|about|from|by|in|of|against) )${subject}`,
  `^(?:do|have) you (?:have|got)${some} ${sermonNoun}\\b${subject}`,
  `^(?:i (?:want|would like|need)(?: to (?:hear|listen to|find|watch|read))?|i['’]d like(?: to (?:hear|listen to|find|watch|read))?|i(?:['’]m| am) looking for|looking for|where (?:can|do) i (?:hear|find|listen to)|can i (?:hear|listen to|find))${some} (?:${sermonNoun}|preaching)\\b(?! of the)${subject}`,
  `^(?:what|anything|has anything) (?:has |was |is |have )?(?:ever |already )*(?:been )?(?:ever |already )*preached (?:here )?${about}`,
  `^what (?:do you have|have you got|have you|is there)(?: here)? (?<subject>(?:on|about|from) .*)$`,
  `^(?:do you have |have you got |have you |is there |got )?anything (?:here )?(?<subject>(?:on|about|from|by) .*)$`,
  `^(?:do|does|did) any ${sermonNoun}\\b${subject}`,
  '^(?:a )?(?:sermon|message|talk) (?<subject>(?:on|about|from|by) (?!the mount\\b).*)$',
  `^what (?:have|has|did|do|does) (?:(?:the|your|our|any|all) )*(?:pastors?|preachers?|ministers?|speakers?|church|you|they) (?:ever )?preach(?:ed)? ${about}`,
  '^(?<subject>\\S+(?: \\S+)?) sermons$',
  `^preaching (?<subject>(?:on|about|from) .*)$`,
].map(patternOf)
const ofSpeaker = patternOf(
  '^what (?:has|have|did|does) (?<subject>\\S.*?) (?:ever )?preach(?:ed)?(?: on| about)?$',
)

const speakers = [
  '^who (?:else )?(?:has )?(?:preached|spoke|spoken|taught) (?<subject>it|this|that|them|these|those|here)$',
  `^who (?:(?:has|have|had|else|all|here|ever|also|did) )*${spoke} (?:a sermon |sermons |here )?(?=through|[a-z])${about}`,
  `^who (?:(?:has|have|else|all|here|ever|also) )*(?:gave|did|delivered|brought|held)${some} ${sermonNoun} ${about}`,
  `^(?:has|have|did|does|is there|was there|do)${some} ?(?:(?:any|some)(?:one|body)|one|pastors?|preachers?|speakers?)(?: (?:here|ever|who|that|also|else|has))* ${spoke} ${about}`,
  `^whose ${sermonNoun}\\b${subject}`,
  `^(?:which|what) (?:of (?:the|your|our) )?(?:preachers?|speakers?|pastors?|ministers?)\\b${subject}`,
].map(patternOf)
/** “Which preachers (have spoken) of money?” */
const leadingVerb = patternOf(`^(?:(?:who|that|has|have|ever|also|here) )*${spoke}\\b`)

const sermonWords = `(?:(?:this|the|that|today['’]s|sunday['’]s) )?(?:sermon|message|talk)`
const whole = `(?:${sermonWords}|this|it|that)`
const summaries = [
  /^(?:summari[sz]e|sum up|outline|recap)\b(?<subject>.*)$/i,
  /^sum (?<subject>it|this|that|this sermon|the sermon) up$/i,
  /^(?:give|write|make|show)(?: me)? (?:a |an |the )?(?:short |brief |quick )?(?:summary|overview|outline|recap|gist)\b(?: of| for)?(?<subject>.*)$/i,
  /^(?:a |the )?(?:short |brief )?(?:summary|overview|outline|gist|tl;?dr)(?: (?:of|for)\b(?<subject>.*))?$/i,
  /^what(?:['’]s| is| are| was| were) the (?:main|key|central|chief)(?: \w+)? ?(?:points?|ideas?|messages?|thoughts?|sentences?)(?: (?:of|in|from)\b(?<subject>.*))?$/i,
  new RegExp(
    `^what(?:['’]s| is| was) (?<subject>${whole}|["“‘].+["”’]|the (?:sermon|talk) .+) (?:about|on|saying)$`,
    'i',
  ),
]
/** “the sermon Regeneration”, “the talk called Hope” */
const leading = new RegExp(`^${sermonWords}(?: (?:called|titled|named|(?<about>on|about)))? (?=\\S)`, 'i')
const atHand = new RegExp(`^(?:${whole})?$`, 'i')

/** Recognises the kind of a request from its wording. */
export function readRequest(question: string): AskRequest {
  const text = question
    .normalize('NFKC')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[\s?!.]+$/, '')
    .replace(politeness, '')
    .replace(courtesy, '')
    .replace(/^(who|what)['’]s (?=(?:been|preached|spoken|taught|talked)\b)/i, '$1 has ')
  for (const pattern of summaries) {
    const match = pattern.exec(text)
    if (match) return readSummary(match.groups?.subject ?? '')
  }
  const speaker = matchOf(speakers, text)
  if (speaker !== null) return listOf('speakers', speaker.replace(leadingVerb, ''))
  const sermon = matchOf(sermons, text)
  if (sermon !== null) return listOf('sermons', sermon)
  const name = matchOf([ofSpeaker], text)
  return name === null ? { kind: 'answer' } : { ...listOf('sermons', `by ${name}`), isOfSpeaker: true }
}

function readSummary(named: string): AskRequest {
  const written = named.trim().replace(/^["“'‘]+|["”'’]+$/g, '')
  if (atHand.test(written)) return { kind: 'summary', subject: '', isSubject: false }
  return {
    kind: 'summary',
    subject: written.replace(leading, '').replace(/^["“'‘]+/, ''),
    isSubject: leading.exec(written)?.groups?.about !== undefined,
  }
}

function matchOf(patterns: readonly RegExp[], text: string): string | null {
  for (const pattern of patterns) {
    const match = pattern.exec(text)
    if (match) return (match.groups?.subject ?? '').trim()
  }
  return null
}

function listOf(kind: ListRequest['kind'], rest: string): ListRequest {
  return { kind, search: `sermons ${rest.trim()}`, bookSearch: wholeBook(rest.trim()), isOfSpeaker: false }
}

/** “on Romans”, “from the book of Ruth”: all chapters of the book. A person is preached about, not on. */
function wholeBook(rest: string): string | null {
  const match =
    /^(?<before>(?:\S+ ){0,4}?)(?:on|from|in|through) (?:the )?(?:(?:book|gospel|letter|epistle) (?:of|to|according to) (?:the )?)?(?<name>.+?)(?: series)?$/i.exec(
      rest,
    )
  const name = match?.groups?.name ?? ''
  const [book] = findSpokenBooks(name)
  if (!book || book.start > 0 || book.end < name.length) return null
  return `sermons ${match?.groups?.before ?? ''}on ${book.book.name} 1-${book.book.verses.length}`
}
