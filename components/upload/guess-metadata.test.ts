import { describe, expect, test } from 'vitest'
import { findDate } from './find-date.ts'
import { guessMetadata } from './guess-metadata.ts'

describe('a file name', () => {
  const cases: [fileName: string, expected: Partial<ReturnType<typeof guessMetadata>>][] = [
    [
      '2026-11-22 John 3_16 - Jane Doe - Born Again.mp3',
      { title: 'Born Again', speaker: 'Jane Doe', scripture: 'John 3:16', preachedOn: '2026-11-22' },
    ],
    [
      'Born Again - Jane Doe (John 3.1-8) 22 November 2026.m4a',
      { title: 'Born Again', speaker: 'Jane Doe', scripture: 'John 3:1–8', preachedOn: '2026-11-22' },
    ],
    ['the-good-shepherd.mp3', { title: 'The good shepherd', speaker: '', scripture: '', preachedOn: '' }],
    [
      '20261122_The_Armour_of_God_-_Rev._Samuel_Okafor.wav',
      { title: 'The Armour of God', speaker: 'Rev. Samuel Okafor', preachedOn: '2026-11-22' },
    ],
    [
      '03 - 1 Cor 13_4-7 - Love Never Fails.mp3',
      { title: 'Love Never Fails', speaker: '', scripture: '1 Corinthians 13:4–7' },
    ],
    [
      'Romans Series - Pastor Ana Ruiz - No Condemnation.flac',
      { title: 'No Condemnation', speaker: 'Pastor Ana Ruiz', series: 'Romans' },
    ],
    ['Psalm 23.mp3', { title: 'Psalm 23', scripture: 'Psalm 23' }],
    ['John Smith - Grace.mp3', { title: 'Grace', speaker: 'John Smith', scripture: '' }],
    ['.mp3', { title: 'Untitled sermon' }],
  ]
  test.each(cases)('%s says what it can', (fileName, expected) => {
    expect(guessMetadata(fileName)).toMatchObject(expected)
  })

  test('names the church has used before decide what a part means', () => {
    const known = { speakers: ['Grace Hall'], series: ['Foundations'] }
    expect(guessMetadata('foundations - Living Hope - grace hall.mp3', {}, known)).toMatchObject({
      title: 'Living Hope',
      speaker: 'Grace Hall',
      series: 'Foundations',
    })
  })
})

describe('tags', () => {
  test('win over the file name where they say something', () => {
    expect(
      guessMetadata('export_final.mp3', {
        title: 'Amazing Grace',
        artist: 'John Newton',
        album: 'Olney',
        date: '2025-06-01T09:30:00Z',
      }),
    ).toMatchObject({
      title: 'Amazing Grace',
      speaker: 'John Newton',
      series: 'Olney',
      preachedOn: '2025-06-01',
    })
  })

  test('that say nothing are passed over', () => {
    expect(
      guessMetadata('Jane Doe - Living Water.mp3', {
        title: 'Track 01',
        artist: 'Unknown Artist',
        album: 'Unknown Album',
        date: '2026',
      }),
    ).toMatchObject({ title: 'Living Water', speaker: 'Jane Doe', series: '', preachedOn: '' })
  })

  test('a title that is really a file name is taken apart', () => {
    expect(guessMetadata('x.mp3', { title: '2026-11-22 - Jane Doe - Living Water' })).toMatchObject({
      title: 'Living Water',
      speaker: 'Jane Doe',
      preachedOn: '2026-11-22',
    })
  })
})

test('a date that could be two days is not guessed', () => {
  expect(findDate('sermon 03-04-2026')).toBeNull()
  expect(findDate('sermon 22-11-2026')?.preachedOn).toBe('2026-11-22')
  expect(findDate('2026-02-31')).toBeNull()
  expect(findDate('Nov 2nd, 2025')?.preachedOn).toBe('2025-11-02')
})

test('several references are all kept', () => {
  expect(guessMetadata('Hope (Rom 8_28, 31-39; Ps 23).mp3')).toMatchObject({
    title: 'Hope',
    scripture: 'Romans 8:28, 31–39; Psalm 23',
  })
})
