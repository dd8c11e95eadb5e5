/** Words without a subject, in modern and in biblical English. */
const stopWords = new Set(
  `a about above after again against ago all almost along already also although always am amid among an and another
  any anybody anyone anything are aren art as at away back be became because become been before behind being below
  beside besides between beyond both but by came can cannot canst come could couldn couldest couldst did didn didst do does doesn doing don done
  dost doth down during each either else enough even ever every everybody everyone everything except far few for forth
  from further get go goes going gone got had hadn hadst has hasn hast hath have haven having he hence her here hers herself
  him himself his how however i if in indeed instead into is isn it its itself just least less let lest like ll made
  make many may maybe me might mightest mine more most much must mustn my myself nay near need neither never next no nobody none
  nor not nothing now o of off oft often oh on once one ones only onto or other others otherwise ought our ours
  ourselves out over own per perhaps quite rather re really s said saidst saith saw say says see seem seen shall
  shalt shan she should shouldest shouldn shouldst since so some somebody someone something sometimes somewhat soon such t take
  than that the thee their theirs them themselves then thence there thereby therefore therein these they thine thing
  things this those thou though three through throughout thus thy thyself till to together too toward towards two
  under unless until unto up upon us use used ve very was wasn wast way we well went were weren wert what whatever
  when whence where wherefore wherein whereof whether which while whither who whoever whole whom whose why will wilt
  with within without won would wouldest wouldn wouldst yea ye yes yet you your yours yourself yourselves`.split(
    /\s+/,
  ),
)

/** Whether an English word is left out of the index because it names no subject. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word) || (word.length < 2 && /^[a-z]$/.test(word))
}

/** Scripts without spaces between words, which `Intl.Segmenter` divides. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/**
 * The words of a text in order: lower case, with their accents, without apostrophe endings (`God's` is
 * `god`). Chinese, Japanese and Thai are divided by the Unicode segmenter.
 */
export function wordsOfText(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’'‘ʼ](?:s|ll|ve|re|d|m|t)\b/g, '')
    .replace(unspaced, (run) => [...segmenter.segment(run)].map(({ segment }) => ` ${segment} `).join(''))
  return plain.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
}

/** The word without accents and other marks: `josé` is `jose`. */
export function foldWord(word: string): string {
  return /^[a-z0-9]+$/.test(word) ? word : word.normalize('NFKD').replace(/\p{Diacritic}/gu, '')
}
