import { expect, test } from 'vitest'
import { parseCsv } from './parse-csv.ts'

test('reads quoted fields with commas, quotes and line ends, and skips empty lines', () => {
  const text = '\uFEFFFile,Title,scripture\r\na.txt,"Faith, ""small""\nand great",Ps 23\r\n\r\nb.txt,Hope\n'
  expect(parseCsv(text)).toEqual([
    { file: 'a.txt', title: 'Faith, "small"\nand great', scripture: 'Ps 23' },
    { file: 'b.txt', title: 'Hope', scripture: '' },
  ])
})

test.each([';', '\t', '|'])(
  'reads fields parted by %j, and names of columns with spaces around them',
  (sign) => {
    const text = `\uFEFF File ${sign}"Title; or, a name"${sign}Speaker\na.txt${sign}"One, two"${sign} Anna Müller \n`
    expect(parseCsv(text)).toEqual([
      { file: 'a.txt', 'title; or, a name': 'One, two', speaker: 'Anna Müller' },
    ])
  },
)
