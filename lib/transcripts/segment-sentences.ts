import type { Word, WordRange } from './transcript.ts'

// Long enough for long spoken sentences, short enough to read easily and to index as a passage.
const MAX_PUNCTUATED_WORDS = 80
const MAX_UNPUNCTUATED_WORDS = 40
const MIN_UNPUNCTUATED_WORDS = 4
// Text with fewer sentence ends than this counts as unpunctuated; its few full stops are accidental.
const MIN_ENDS_PER_WORD = 1 / 80
const CERTAIN_PAUSE_MS = 2500
const SENTENCE_PAUSE_MS = 550

const sentenceEnd = /[.!?…]["'”’)\]»]*$/u
const softEnd = /[;:,—–]["'”’)\]»]*$/u
const titles = new Set(
  'mr mrs ms dr st rev revd prof sr jr messrs fr bp capt col gen hon lt mt vs viz etc cf al'.split(' '),
)
// These end a sentence unless a number follows: "see Gen. 3", but "he wrote to Timothy and Col."
const beforeNumbers = new Set(
  (
    'gen ex exod lev num deut josh judg jdg ruth sam kgs kings chr chron neh esth ps pss psa prov eccl eccles song ' +
    'isa jer lam ezek dan hos joel amos obad mic nah hab zeph hag zech mal matt mt mk lk jn rom cor gal eph phil ' +
    'thess tim tit philem heb jas pet pt rev ch chap v ver vv vol no p pp'
  ).split(' '),
)

/**
 * Cuts words into sentences that cover all of them: by punctuation when it has some, otherwise by pauses and
 * length (the draft of a recogniser). Works the same for every source.
 */
export function segmentSentences(words: readonly Word[]): WordRange[] {
  if (words.length === 0) return []
  const ends = words.filter((word) => sentenceEnd.test(word.text)).length
  return ends / words.length >= MIN_ENDS_PER_WORD
    ? byPunctuation(words)
    : byPauses(words, 0, words.length - 1)
}

function byPunctuation(words: readonly Word[]): WordRange[] {
  const sentences: WordRange[] = []
  let firstWord = 0
  for (const [index, word] of words.entries()) {
    const next = words[index + 1]
    if (!next || endsSentence(word, next)) {
      sentences.push(...splitLong(words, { firstWord, lastWord: index }, MAX_PUNCTUATED_WORDS))
      firstWord = index + 1
    }
  }
  return sentences
}

function endsSentence(word: Word, next: Word): boolean {
  if (changesSpeaker(word, next)) return true
  if (pauseAfter(word, next) >= CERTAIN_PAUSE_MS) return true
  if (!sentenceEnd.test(word.text)) return false
  // A lower-case letter continues the sentence: "'Who art thou, Lord?' he said."
  if (/^["'“‘([«]*\p{Ll}/u.test(next.text)) return false
  if (!/\.["'”’)\]»]*$/u.test(word.text) || /[!?…]/u.test(word.text)) return true
  const bare = word.text.replace(/^["'“‘([«]+/u, '').replace(/[."'”’)\]»]+$/gu, '')
  // An initial: "C. H. Spurgeon". "I." alone does end sentences.
  if (/^\p{Lu}$/u.test(bare) && bare !== 'I') return false
  const name = bare.toLowerCase()
  if (titles.has(name)) return false
  return !(beforeNumbers.has(name) && /^["'“‘([«]*[\divxlc]+\b/iu.test(next.text))
}

function byPauses(words: readonly Word[], first: number, last: number): WordRange[] {
  const sentences: WordRange[] = []
  let firstWord = first
  for (let index = first; index <= last; index += 1) {
    const word = words[index]
    const next = index < last ? words[index + 1] : undefined
    if (!word) break
    const long = index - firstWord + 1 >= MIN_UNPUNCTUATED_WORDS
    const pause = next ? pauseAfter(word, next) : Number.POSITIVE_INFINITY
    const isTurn = next !== undefined && changesSpeaker(word, next)
    if (isTurn || pause >= CERTAIN_PAUSE_MS || (long && pause >= SENTENCE_PAUSE_MS)) {
      sentences.push(...splitLong(words, { firstWord, lastWord: index }, MAX_UNPUNCTUATED_WORDS))
      firstWord = index + 1
    }
  }
  return sentences
}

/** Splits a range that is too long at the best place inside it: a comma or the longest pause, near the middle. */
function splitLong(words: readonly Word[], range: WordRange, maxWords: number): WordRange[] {
  const pending = [range]
  const done: WordRange[] = []
  for (let current = pending.pop(); current; current = pending.pop()) {
    const length = current.lastWord - current.firstWord + 1
    if (length <= maxWords) {
      done.push(current)
      continue
    }
    const cut = bestCut(words, current)
    pending.push(
      { firstWord: cut + 1, lastWord: current.lastWord },
      { firstWord: current.firstWord, lastWord: cut },
    )
  }
  return done
}

function bestCut(words: readonly Word[], { firstWord, lastWord }: WordRange): number {
  const length = lastWord - firstWord + 1
  const middle = firstWord + length / 2
  let best = Math.floor(middle)
  let bestScore = Number.NEGATIVE_INFINITY
  // Never cut off less than a quarter.
  for (
    let index = firstWord + Math.floor(length / 4);
    index < lastWord - Math.floor(length / 4);
    index += 1
  ) {
    const word = words[index]
    const next = words[index + 1]
    if (!word || !next) continue
    const punctuation = /[;:]["'”’)\]»]*$/u.test(word.text) ? 900 : softEnd.test(word.text) ? 400 : 0
    const score = pauseAfter(word, next) + punctuation - (Math.abs(index - middle) / length) * 600
    if (score > bestScore) {
      bestScore = score
      best = index
    }
  }
  return best
}

/** A word without a speaker continues the turn of the one before. */
function changesSpeaker(word: Word, next: Word): boolean {
  return next.speaker !== undefined && next.speaker !== word.speaker
}

function pauseAfter(word: Word, next: Word): number {
  return next.startMs - word.endMs
}
