import { describe, expect, it } from 'vitest'
import { findHits, replaceHits } from './find-hits.ts'

const inText = (text: string) => [{ key: 'a', speaker: null, text }]
const replaced = (text: string, wanted: string, language = 'en') =>
  replaceHits(findHits(inText(text), wanted, { wholeWords: true, language }), '*').a ?? text

describe('find and replace', () => {
  it('finds parts of words too, without regard to case', () => {
    expect(findHits(inText('The other bathes.'), 'the')).toHaveLength(3)
  })

  it.each([
    ['The other, the: bathe.', 'the', '* other, *: bathe.'],
    ['Son of man, Samson’s sons', 'son', '* of man, Samson’s sons'],
    ['We don’t don it.', 'don', 'We don’t * it.'],
    ['(Paul) “Paul” Paul’s Pauline', 'Paul', '(*) “*” Paul’s Pauline'],
    ['In 12 of 120', '12', 'In * of 120'],
    ['the peace of God, the peace of Gods', 'peace of God', 'the *, the peace of Gods'],
  ])('finds whole words: in “%s” “%s”', (text, wanted, result) => expect(replaced(text, wanted)).toBe(result))

  it.each([
    ['Grüße, Größe und größer', 'Größe', 'Grüße, * und größer', 'de'],
    ['Бог богат', 'бог', '* богат', 'ru'],
    ['é mais que esperança é', 'é', '* mais que esperança *', 'pt'],
    ['قال الله للناس', 'الله', 'قال * للناس', 'ar'],
    ['耶稣爱世界', '世界', '耶稣爱*', 'zh'],
    ['耶稣爱世界', '世', '耶稣爱世界', 'zh'],
    ['พระเจ้ารักโลก', 'รัก', 'พระเจ้า*โลก', 'th'],
  ])('knows where words end in other scripts: in “%s” “%s”', (text, wanted, result, language) =>
    expect(replaced(text, wanted, language)).toBe(result),
  )
})
