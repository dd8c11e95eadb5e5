import fc from 'fast-check'
import { expect, test } from 'vitest'
import { detectLanguage } from './detect-language.ts'
import { findLanguage } from './language.ts'

const opening: Readonly<Record<string, string>> = {
  ar: 'في البدء خلق الله السماوات والأرض. وكانت الأرض خربة وخالية، وعلى وجه الغمر ظلمة، وروح الله يرف على وجه المياه.',
  de: 'Am Anfang schuf Gott Himmel und Erde. Und die Erde war wüst und leer, und es war finster auf der Tiefe.',
  en: 'In the beginning God created the heaven and the earth. And the earth was without form, and void.',
  es: 'En el principio creó Dios los cielos y la tierra. Y la tierra estaba desordenada y vacía, y las tinieblas estaban sobre la faz del abismo.',
  fil: 'Nang pasimula ay nilikha ng Dios ang langit at ang lupa. At ang lupa ay walang anyo at walang laman.',
  he: 'בראשית ברא אלהים את השמים ואת הארץ. והארץ היתה תהו ובהו וחשך על פני תהום ורוח אלהים מרחפת על פני המים.',
  ja: '初めに、神は天と地を創造された。地は混沌であって、闇が深淵の面にあり、神の霊が水の面を動いていた。',
  ko: '태초에 하나님이 천지를 창조하시니라. 땅이 혼돈하고 공허하며 흑암이 깊음 위에 있고 하나님의 영은 수면 위에 운행하시니라. 하나님이 이르시되 빛이 있으라 하시니 빛이 있었고.',
  pt: 'No princípio criou Deus os céus e a terra. E a terra era sem forma e vazia; e havia trevas sobre a face do abismo.',
  ru: 'В начале сотворил Бог небо и землю. Земля же была безвидна и пуста, и тьма над бездною, и Дух Божий носился над водою.',
  uk: 'На початку Бог створив небо та землю. А земля була пуста та порожня, і темрява була над безоднею, і Дух Божий ширяв над поверхнею води.',
  'zh-Hans':
    '起初,神创造天地。地是空虚混沌,渊面黑暗;神的灵运行在水面上。神说:“要有光”,就有了光。这是第一日的时候。',
  'zh-Hant':
    '起初,神創造天地。地是空虛混沌,淵面黑暗;神的靈運行在水面上。神說:「要有光」,就有了光。這是第一日的時候。',
}

test.each(Object.entries(opening))('a text in %s has its own language', async (language, text) => {
  for (const usual of ['en', 'es-419']) {
    const isUsual = language === usual.split('-')[0]
    expect(await detectLanguage(text, { usual })).toBe(isUsual ? usual : language)
  }
})

test('the tag of the church is kept for every variety of its language', async () => {
  expect(await detectLanguage(opening.es ?? '', { usual: 'es-419' })).toBe('es-419')
  expect(await detectLanguage(opening['zh-Hans'] ?? '', { usual: 'zh-Hant' })).toBe('zh-Hant')
  expect(await detectLanguage(opening.fil ?? '', { usual: 'tl' })).toBe('tl')
})

test.each([
  ['few words', 'Romanos 8:28. Amén, hermanos.'],
  ['nothing but a title', 'Psalm 23'],
  ['no words', '— 12:30 … —'],
  [
    'Indonesian, which has the words of Malay',
    'Pada mulanya Allah menciptakan langit dan bumi. Bumi belum berbentuk dan kosong; gelap gulita menutupi samudera raya.',
  ],
  [
    'Swahili',
    'Hapo mwanzo Mungu aliziumba mbingu na nchi. Nayo nchi ilikuwa ukiwa, tena utupu, na giza lilikuwa juu ya uso wa vilindi vya maji.',
  ],
  [
    'Latin',
    'In principio creavit Deus caelum et terram. Terra autem erat inanis et vacua, et tenebrae erant super faciem abyssi.',
  ],
])('a text that says too little keeps the language of the church: %s', async (_, text) => {
  expect(await detectLanguage(text, { usual: 'en' })).toBe('en')
})

test('a church whose language the detector does not know keeps it', async () => {
  expect(await detectLanguage(opening.es ?? '', { usual: 'sw' })).toBe('sw')
})

test('a long quotation in another language does not decide', async () => {
  const english = (opening.en ?? '').repeat(90)
  const spanish = (opening.es ?? '').repeat(15)
  for (const text of [spanish + english, english + spanish, english + spanish + english]) {
    expect(await detectLanguage(text, { usual: 'en' })).toBe('en')
    expect(await detectLanguage(text, { usual: 'de' })).toBe('en')
  }
})

test('whatever the text, the answer is a language tag', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 400 }), async (text) => {
      const found = await detectLanguage(text, { usual: 'en' })
      expect(findLanguage(found)).toBe(found)
    }),
  )
})
