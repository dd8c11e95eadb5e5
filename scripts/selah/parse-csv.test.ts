import { expect, test } from 'vitest'
import { parseCsv } from './parse-csv.ts'

test('reads quoted fields with commas, quotes and line ends, and skips empty lines', () => {
  const text = '\uFEFFFile,Title,scripture\r\na.txt,"Faith, ""small""\nand great",Ps 23\r\n\r\nb.txt,Hope\n'
  expect(parseCsv(text)).toEqual([
    { file: 'a.txt', title: 'Faith, "small"\nand great', scripture: 'Ps 23' },
    { file: 'b.txt', title: 'Hope', scripture: '' },
  ])
})
