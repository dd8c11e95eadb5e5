import { expect, it } from 'vitest'
import { scriptureOfLines } from './print-scripture.ts'

const entries = (text: string) => JSON.parse([...scriptureOfLines(text)].join('')) as unknown

it('prints one entry for each line, empty ones included, with LF or CRLF', () => {
  const none = { references: [] }
  expect(entries('On Rom 8:28\r\n\r\n🙂 Ps 121; Phil 4:6-7\nPsalm 151\n')).toEqual([
    { references: [{ osis: 'Rom.8.28', start: 3, end: 11 }] },
    none,
    {
      references: [
        { osis: 'Ps.121', start: 3, end: 9 },
        { osis: 'Phil.4.6-Phil.4.7', start: 11, end: 21 },
      ],
    },
    none,
  ])
  expect(entries('')).toEqual([])
  expect(entries('\n')).toEqual([none])
})
