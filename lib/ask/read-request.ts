/**
 * The kind of a request. `sermons`: which sermons are on a subject. `speakers`: who preached on it.
 * `summary`: the main sentences of one sermon; `subject` names it, and is empty for the open sermon.
 * `answer`: any other question.
 */
export type AskRequest = { kind: 'answer' | 'sermons' | 'speakers' } | { kind: 'summary'; subject: string }

const politeness = /^(?:(?:please|hi|hello)\b[\s,]*|(?:can|could|would|will) you (?:please )?)+/i

const sermons = [
  /^(?:which|what) (?:other |of (?:the|your|our|these) )?(?:sermons?|messages?|talks?)\b/i,
  /^(?:list|show|find|give|tell)(?: me)?(?: about)?(?: all| any| some)?(?: of)?(?: the| your)? (?:sermons?|messages?|talks)\b/i,
  /^(?:are|is) there (?:any|a|some|other|another)(?: other)? (?:sermons?|messages?|talks?)\b/i,
  /^(?:(?:do|have) you (?:have|got) )?(?:any |all |more )?(?:sermons|messages|talks) (?:on|about|from|by|in)\b/i,
]

const speakers = [
  /^who (?:(?:has|have|had|else|all|here|ever|also) )*(?:preach(?:ed|es)?|spoke|speaks?|spoken|taught|teach(?:es)?|talk(?:ed|s)?) (?:a sermon |sermons |here )?(?:about|on|from|of|through|against)\b/i,
  /^(?:which|what) (?:of (?:the|your|our) )?(?:preachers?|speakers?|pastors?|ministers?)\b/i,
]

const sermonWords = `(?:(?:this|the|that|today['’]s|sunday['’]s) )?(?:sermon|message|talk)`
const whole = `(?:${sermonWords}|this|it|that)`
const summaries = [
  /^(?:summari[sz]e|sum up|outline|recap)\b(?<subject>.*)$/i,
  /^(?:give|write|make|show)(?: me)? (?:a |an |the )?(?:short |brief |quick )?(?:summary|overview|outline|recap)\b(?: of| for)?(?<subject>.*)$/i,
  /^(?:a |the )?(?:short |brief )?(?:summary|overview|outline|tl;?dr)(?: (?:of|for)\b(?<subject>.*))?$/i,
  /^what(?:['’]s| is| are| was| were) the (?:main|key|central|chief)(?: \w+)? ?(?:points?|ideas?|messages?|thoughts?|sentences?)(?: (?:of|in|from)\b(?<subject>.*))?$/i,
  new RegExp(`^what(?:['’]s| is| was) (?<subject>${whole}) (?:about|on|saying)$`, 'i'),
]
/** “the sermon Regeneration”, “the talk called Hope” */
const leading = new RegExp(`^${sermonWords}(?: (?:called|titled|named|on|about))? (?=\\S)`, 'i')
const atHand = new RegExp(`^(?:${whole})?(?: for me)?$`, 'i')

/** Recognises the kind of a request from its wording. */
export function readRequest(question: string): AskRequest {
  const text = question
    .normalize('NFKC')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[\s?!.]+$/, '')
    .replace(politeness, '')
  for (const pattern of summaries) {
    const match = pattern.exec(text)
    if (!match) continue
    const subject = (match.groups?.subject ?? '').trim().replace(/^["“'‘]+|["”'’]+$/g, '')
    if (atHand.test(subject)) return { kind: 'summary', subject: '' }
    return { kind: 'summary', subject: subject.replace(leading, '').replace(/^["“'‘]+/, '') }
  }
  if (speakers.some((pattern) => pattern.test(text))) return { kind: 'speakers' }
  if (sermons.some((pattern) => pattern.test(text))) return { kind: 'sermons' }
  return { kind: 'answer' }
}
