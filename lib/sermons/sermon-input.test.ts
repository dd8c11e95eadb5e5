import { expect, test } from 'vitest'
import { newSermonSchema, newTextSermonSchema, sermonChangesSchema } from './sermon-input.ts'

const text = { title: 'Grace', text: 'Grace and truth.' }
const recording = { fileName: 'grace.mp3', sizeBytes: 1 }

test.each([
  ['a text', newTextSermonSchema, text],
  ['a recording', newSermonSchema, recording],
  ['a change', sermonChangesSchema, {}],
])(
  'a day that is in no calendar or not in that of the database is refused alike: %s',
  (_, schema, details) => {
    const read = (preachedOn: string) => schema.safeParse({ ...details, preachedOn })
    const { error } = read('2024-02-30')
    expect(error?.issues).toHaveLength(1)
    for (const year0 of ['0000-01-01', '0000-12-31', '0000-02-29']) {
      const shown = read(year0).error?.issues.map(({ code, path, message }) => ({ code, path, message }))
      expect(shown).toEqual(error?.issues.map(({ code, path, message }) => ({ code, path, message })))
    }
    for (const day of ['0001-01-01', '2024-02-29', '9999-12-31', ''])
      expect(read(day).success, day).toBe(true)
  },
)
