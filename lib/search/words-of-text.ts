/** Words that carry no subject, in today's English and the pulpit's. */
const stopWords = new Set(
  `a about above after again against ago all almost along already also although always am amid among an and another
  any anybody anyone anything are aren art as at away back be became because become been before behind being below
  beside besides between beyond both but by came can cannot come could couldn did didn do does doesn doing don done
  dost doth down during each either else enough even ever every everybody everyone everything except far few first for forth
  from further get go goes going gone got had hadn has hasn hast hath have haven having he hence her here hers herself
  him himself his how however i if in indeed instead into is isn it its itself just least less let lest like ll made
  make many may maybe me might mine more most much must mustn my myself nay near need neither never next no nobody none
  nor not nothing now o of off oft often oh on once one ones only onto or other others otherwise ought our ours
  ourselves out over own per perhaps quite rather re really s said same saith saw say says second see seem seen shall
  shalt shan she should shouldn since so some somebody someone something sometimes somewhat soon such t take
  than that the thee their theirs them themselves then thence there thereby therefore therein these they thine thing
  things this those thou though three through throughout thus thy thyself till to together too toward towards two
  under unless until unto up upon us use used ve very was wasn wast way we well went were weren wert what whatever
  when whence where wherefore wherein whereof whether which while whither who whoever whole whom whose why will wilt
  with within without won would wouldn yea ye yes yet you your yours yourself yourselves`.split(/\s+/),
)

export function isStopWord(word: string): boolean {
  return stopWords.has(word) || word.length < 2
}

/**
 * The words of a text: lower case, without accents and apostrophes (`God's` is `god`), in order.
 * Everything that is not a letter or a digit parts words.
 */
export function wordsOfText(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{M}+/gu, '')
      .replace(/[’'‘](?:s|ll|ve|re|d|m|t)\b/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}
