import { describe, expect, it } from 'vitest'
import { detectEncoding } from './detect-encoding.ts'

/** The bytes of a text in an encoding of one byte for each letter. */
function encode(text: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding)
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
  return Uint8Array.from(text, (letter) => bytes.get(letter) ?? 0x3f)
}

const written: [encodings: string[], text: string][] = [
  [['windows-1250', 'iso-8859-2'], 'Łaska wam i pokój od Boga. Módlmy się teraz razem.'],
  [['windows-1250', 'iso-8859-2'], 'Příběh o ztraceném synu, bratři. Modleme se společně.'],
  [['windows-1250', 'iso-8859-2'], 'Fölött és őrzője az Úr. Imádkozzunk együtt, testvérek.'],
  [['windows-1250', 'iso-8859-2'], 'Har vouă şi pace de la Dumnezeu. Să ne rugăm împreună, fraţi.'],
  [['windows-1250', 'iso-8859-2'], 'Čitajmo iz Božje riječi, braćo.'],
  [['windows-1251', 'koi8-r', 'iso-8859-5', 'ibm866', 'x-mac-cyrillic'], 'Откройте Библии, братья и сёстры.'],
  [['windows-1251', 'koi8-u'], 'Відкрийте Біблії, брати й сестри. Благодать вам і мир.'],
  [['windows-1253', 'iso-8859-7'], 'Ανοίξτε τις Βίβλους σας, αδελφοί.'],
  [['windows-1254'], 'Şimdi İncil’i açalım, kardeşlerim.'],
  [['windows-1255'], 'פתחו את הספר, אחים ואחיות.'],
  [['windows-1256', 'iso-8859-6'], 'افتحوا الكتاب المقدس يا إخوة'],
  [['windows-1257'], 'Atsiverskite Bibliją, broliai ir seserys. Šventasis žodis. Žmogaus sūnus.'],
  [['windows-874'], 'เปิดพระคัมภีร์ของท่าน ให้เราอธิษฐานด้วยกัน'],
  [['windows-1252', 'macintosh'], 'Grâce à vous, frères et sœurs. Où est-ce que j’étais né ?'],
  [['windows-1252', 'macintosh'], 'Öffnet eure Bibeln, Brüder. Wir müssen über Größe reden.'],
  [['windows-1252', 'macintosh'], 'Abran sus Biblias, señores: ¿quién está? Él es mi corazón.'],
  [['windows-1252'], 'Þetta er orð Guðs, bræður. Við skulum biðja saman í dag.'],
  [['windows-1252'], 'We’re “here” with Zoë, José, Jürgen and João.'],
]

describe('words of one language show their encoding', () => {
  it.each(written.flatMap(([encodings, text]) => encodings.map((encoding) => [encoding, text] as const)))(
    '%s: %s',
    (encoding, text) => {
      const bytes = encode(text, encoding)
      const found = detectEncoding(bytes)
      expect(new TextDecoder(found ?? 'ascii').decode(bytes)).toBe(text)
    },
  )
})

it('bytes that are no words of any encoding show none', () => {
  expect(
    detectEncoding(Uint8Array.from({ length: 400 }, (_, index) => 128 + ((index * 37) % 128))),
  ).toBeNull()
})
