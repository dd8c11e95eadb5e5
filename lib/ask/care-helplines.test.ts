import { expect, it } from 'vitest'
import { careHelpByTimeZone } from './care-helplines.ts'

it.each([
  ['Europe/London', '116 123'],
  ['Europe/Dublin', '1800 341 900'],
  ['America/Chicago', '988'],
  ['America/Toronto', 'Kids Help Phone'],
  ['Australia/Perth', '13 11 14'],
  ['Pacific/Auckland', '1737'],
  ['Europe/Berlin', 'TelefonSeelsorge'],
  ['Europe/Vienna', '142'],
  ['Africa/Johannesburg', '0800 567 567'],
  ['America/Sao_Paulo', '188'],
])('a church in the time zone %s gives help of its own country', (timeZone, line) =>
  expect(careHelpByTimeZone(timeZone)).toContain(line),
)

it.each(['UTC', 'Antarctica/Troll', 'Asia/Tokyo', 'nonsense'])('knows no help for %s', (timeZone) =>
  expect(careHelpByTimeZone(timeZone)).toBeNull(),
)
