import { describe, expect, test } from 'vitest'
import { type AudioTags, guessMetadata, type KnownNames } from './guess-metadata.ts'

const none: KnownNames = { speakers: [], series: [] }
const nowMs = Date.parse('2026-11-28T12:00:00Z')

function guess(
  fileName: string,
  tags: AudioTags = {},
  context: { timeZone?: string | null } = {},
  known: KnownNames = none,
) {
  return guessMetadata(fileName, tags, known, { timeZone: 'Europe/London', nowMs, ...context })
}

describe('a file name', () => {
  const cases: [fileName: string, expected: Partial<ReturnType<typeof guess>['fields']>][] = [
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
  test.each(cases)('%s gives the fields that it contains', (fileName, expected) => {
    expect(guess(fileName).fields).toMatchObject(expected)
  })

  test('a part that is a name the church has used before gets that meaning', () => {
    const known = { speakers: ['Grace Hall'], series: ['Foundations'] }
    expect(guess('foundations - Living Hope - grace hall.mp3', {}, {}, known).fields).toMatchObject({
      title: 'Living Hope',
      speaker: 'Grace Hall',
      series: 'Foundations',
    })
  })
})

describe('tags', () => {
  test('take precedence over the file name when they are meaningful', () => {
    expect(
      guess('export_final.mp3', {
        title: 'Amazing Grace',
        artist: 'John Newton',
        album: 'Olney',
        date: '2025-06-01T09:30:00Z',
      }).fields,
    ).toMatchObject({
      title: 'Amazing Grace',
      speaker: 'John Newton',
      series: 'Olney',
      preachedOn: '2025-06-01',
    })
  })

  test('without meaning are ignored', () => {
    expect(
      guess('Jane Doe - Living Water.mp3', {
        title: 'Track 01',
        artist: 'Unknown Artist',
        album: 'Unknown Album',
        date: '2026',
      }).fields,
    ).toMatchObject({ title: 'Living Water', speaker: 'Jane Doe', series: '', preachedOn: '' })
  })

  test('a title that is really a file name is parsed like one', () => {
    expect(guess('x.mp3', { title: '2026-11-22 - Jane Doe - Living Water' }).fields).toMatchObject({
      title: 'Living Water',
      speaker: 'Jane Doe',
      preachedOn: '2026-11-22',
    })
  })
})

test('several references are all kept', () => {
  expect(guess('Hope (Rom 8_28, 31-39; Ps 23).mp3').fields).toMatchObject({
    title: 'Hope',
    scripture: 'Romans 8:28, 31–39; Psalm 23',
  })
})

describe('dates', () => {
  const dateOf = (name: string) => guess(name).fields.preachedOn
  const titleOf = (name: string) => guess(name).fields.title

  test.each([
    ['3. Mai 2024 Gnade.mp3', '2024-05-03'],
    ['5 de marzo de 2023 La gracia.mp3', '2023-03-05'],
    ['1er août 2021 - Espoir.mp3', '2021-08-01'],
    ['12 декабря 2022 Вера.mp3', '2022-12-12'],
    ['Sept 9, 2018 Joy.mp3', '2018-09-09'],
    ['9-Sep-18 Joy.mp3', '2018-09-09'],
    ['2024年3月10日 恩典.mp3', '2024-03-10'],
    ['10. März 24 Gnade.mp3', '2024-03-10'],
    ['10 March ’24 Grace.mp3', '2024-03-10'],
    ['10. marraskuuta 2024 Armo.mp3', '2024-11-10'],
    ['10 Μαρτίου 2024 Χάρη.mp3', '2024-03-10'],
    ['10 березня 2024 Благодать.mp3', '2024-03-10'],
    ['10 Ekim 2024 Lütuf.mp3', '2024-10-10'],
  ])('%s names one day', (name, day) => {
    expect(dateOf(name)).toBe(day)
  })

  test.each([
    ['REC20240310110533.wav', '2024-03-10', 'REC'],
    ['Audio 2024-03-10 at 11.05.33 AM.m4a', '2024-03-10', 'Audio'],
    ['Sunday, March 10, 2024: The New Birth (John 3).mp3', '2024-03-10', 'The New Birth'],
    ['Dimanche 10 mars 2024 La nouvelle naissance.mp3', '2024-03-10', 'La nouvelle naissance'],
    ['Zondag 10 maart 2024 Johannes 3.mp3', '2024-03-10', 'John 3'],
    ['13.10.2024 (Sonntag) Die neue Geburt.mp3', '2024-10-13', 'Die neue Geburt'],
    ['Easter Sunday 31 March 2024.mp3', '2024-03-31', 'Easter Sunday'],
    ['2024-03-10 Sunday Service.mp3', '2024-03-10', 'Sunday Service'],
    ['2024-03-10 1984 and us.mp3', '2024-03-10', '1984 and us'],
  ])('%s: the weekday and the time belong to the date', (name, day, title) => {
    expect([dateOf(name), titleOf(name)]).toEqual([day, title])
  })

  test.each([
    'Gen 5 2024.mp3',
    'Junction 5 2024.mp3',
    'Reaching out 5 2024.mp3',
    'Decade 7 2023.mp3',
    'Maya 3 2020.mp3',
    'Mars 5 2024.mp3',
    'romans-8-28-30.mp3',
    '2031-03-10 Grace.mp3',
    '1970-01-01 Grace.mp3',
  ])('%s names no day', (name) => {
    expect(dateOf(name)).toBe('')
    expect(titleOf(name)).not.toBe('Untitled sermon')
  })

  test.each([
    ['10.03.24 Romans 8.mp3', ['2024-03-10', '2024-10-03']],
    ['240310 Romans 8.mp3', ['2024-03-10']],
    ['03-04-2026 Hope.mp3', ['2026-04-03', '2026-03-04']],
    ['10032024 Hope.mp3', ['2024-03-10', '2024-10-03']],
    ['24-03-10 Hope.mp3', ['2010-03-24', '2024-03-10']],
    ['10 listopada 2024 Nada.mp3', ['2024-11-10', '2024-10-10']],
  ])('%s offers its days and keeps the figures out of the title', (name, days) => {
    expect(guess(name).offeredDates).toEqual(days)
    expect(dateOf(name)).toBe('')
    expect(titleOf(name)).not.toMatch(/\d{2}[.-]?\d{2}/)
  })

  test.each([
    ['2024-03-10T14:00:00Z', 'America/Chicago', '2024-03-10'],
    ['2024-03-11T01:30:00Z', 'America/Chicago', '2024-03-10'],
    ['2024-03-09T22:30:00Z', 'Pacific/Auckland', '2024-03-10'],
    ['2024-03-11T01:30:00Z', null, ''],
    ['2024-03-10', null, '2024-03-10'],
    ['1970-01-01', 'UTC', ''],
    ['1980-01-01T00:00:00Z', 'UTC', ''],
    ['1904-01-01T00:00:00Z', 'America/Chicago', ''],
    ['2016-01-01T00:00:00Z', 'America/Chicago', ''],
    ['2024-02-30T00:00:00Z', 'America/Chicago', ''],
    ['2024:03:10 10:30:00', 'America/Chicago', '2024-03-10'],
    ['2026-11-30T02:00:00Z', 'America/Chicago', ''],
    ['1975-05-11', 'America/Chicago', '1975-05-11'],
    ['2031-03-10', 'UTC', ''],
  ])('the tag %s in %s is “%s”', (date, timeZone, day) => {
    expect(guess('x.mp3', { date }, { timeZone }).fields.preachedOn).toBe(day)
  })
})

describe('a name with nothing but a date, a person or a part', () => {
  test.each([
    ['5 June 2024.mp3', { title: '5 June 2024', preachedOn: '2024-06-05' }],
    ['Pastor Dan 3.mp3', { title: 'Pastor Dan 3', speaker: 'Pastor Dan', scripture: '' }],
    ['Luke 3 2024.mp3', { title: 'Luke 3 2024', scripture: 'Luke 3', preachedOn: '' }],
    ['Romans 8 - Part 2.mp3', { title: 'Romans 8 Part 2', scripture: 'Romans 8' }],
    ['Romans 8.28-30 (NIV).mp3', { title: 'Romans 8:28–30', scripture: 'Romans 8:28–30' }],
  ])('%s keeps a title that says what it is', (name, fields) => {
    expect(guess(name).fields).toMatchObject(fields)
  })
})

test.each([
  ['20240310T103000 Grace.mp3', 'Grace'],
  ['2024-03-10 10.30 Grace.mp3', 'Grace'],
  ['2024-03-10 2020 Vision.mp3', '2020 Vision'],
])('the time of day behind the date of %s leaves the title', (name, title) => {
  expect(guess(name).fields).toMatchObject({ title, preachedOn: '2024-03-10' })
})

test.each(['(null)', '<none>', 'N/A', '01 Track 1', 'AudioTrack 01', 'ZOOM0001', 'Titel 3', '[untitled]'])(
  'the tag %s says nothing, so the file name decides',
  (tag) => {
    expect(
      guess('2024-03-10 Grace and Truth.mp3', { title: tag, artist: tag, album: tag }).fields,
    ).toMatchObject({ title: 'Grace and Truth', speaker: '', series: '' })
  },
)

test.each(['https://church.example', 'office@church.example', 'Lavf58.29.100', 'Unbekannter Künstler'])(
  '%s is no speaker',
  (artist) => {
    expect(guess('Grace.mp3', { artist }).fields.speaker).toBe('')
  },
)

test.each(['Pastor Ana Ruiz', 'Rev. Dr. Ana Ruiz', 'ANA RUIZ', 'Sister Ana Ruiz'])(
  '%s is offered as Ana Ruiz',
  (artist) => {
    expect(guess('x.mp3', { artist }, {}, { speakers: ['Ana Ruiz'], series: [] }).fields.speaker).toBe(
      'Ana Ruiz',
    )
  },
)

describe('a person in a file name', () => {
  test.each([
    ['Grace - John Smith, Jr..mp3', 'John Smith, Jr.', 'Grace'],
    ['Grace - J.R. Smith.mp3', 'J.R. Smith', 'Grace'],
    ['Juan de la Cruz - La gracia.mp3', 'Juan de la Cruz', 'La gracia'],
    ['Ludwig van Beethoven - Grace.mp3', 'Ludwig van Beethoven', 'Grace'],
    ['Grace (Pastor Ana Ruiz).mp3', 'Pastor Ana Ruiz', 'Grace'],
    ['Grace by Pastor Ana Ruiz.mp3', 'Pastor Ana Ruiz', 'Grace'],
    ['Grace by Rev. Dr. J. Smith.mp3', 'Rev. Dr. J. Smith', 'Grace'],
    ['Grace - by Ana Ruiz.mp3', 'Ana Ruiz', 'Grace'],
    ['Prédication - Pasteur Jean Dupont.mp3', 'Pasteur Jean Dupont', 'Prédication'],
  ])('%s', (name, speaker, title) => {
    expect(guess(name).fields).toMatchObject({ speaker, title })
  })

  test('in brackets is one if the church knows the name', () => {
    const known = { speakers: ['Ana Ruiz'], series: [] }
    expect(guess('Grace [Ana Ruiz].mp3', {}, {}, known).fields).toMatchObject({
      speaker: 'Ana Ruiz',
      title: 'Grace',
    })
    expect(guess('Grace [Live Take].mp3', {}, {}, known).fields.title).toBe('Grace [Live Take]')
  })

  test.each([
    'Palm Sunday - Triumphal Entry.mp3',
    'Christmas Eve - Silent Night.mp3',
    'Holy Spirit - Fresh Fire.mp3',
    'First Baptist Church - Grace.mp3',
    'Saved by Grace Alone.mp3',
    'Walking with Father God.mp3',
    'Life with sister churches.mp3',
  ])('%s names nobody, and keeps all its words', (name) => {
    const { title, speaker } = guess(name).fields
    expect(speaker).toBe('')
    for (const word of name.replace('.mp3', '').split(/[ -]+/)) expect(title).toContain(word)
  })
})

test.each([
  ['10 Commandments.mp3', '10 Commandments'],
  ['666 and the beast.mp3', '666 and the beast'],
  ['03 Grace.mp3', 'Grace'],
  ['3. Grace.mp3', 'Grace'],
  ['Grace%20and%20Truth.mp3', 'Grace and Truth'],
  ['Grace+and+Truth.mp3', 'Grace and Truth'],
  ['100% Grace.mp3', '100% Grace'],
  ['Grace and Truth.wav.mp3', 'Grace and Truth'],
  ['10 марта 2024 г. Благодать.mp3', 'Благодать'],
  ['2024. március 10. Kegyelem.mp3', 'Kegyelem'],
])('the title of %s is “%s”', (name, title) => {
  expect(guess(name).fields.title).toBe(title)
})

test('six digits with the year last are offered', () => {
  expect(guess('031024 Grace.mp3')).toMatchObject({
    offeredDates: ['2024-10-03', '2024-03-10'],
    fields: { title: 'Grace', preachedOn: '' },
  })
  expect(guess('144000 Sealed.mp3').fields.title).toBe('144000 Sealed')
})

test.each([
  'Sans titre',
  'Без названия',
  'Неизвестный исполнитель',
  'Nieznany wykonawca',
  '未知艺术家',
  'iPhone',
  'Voice Recorder',
  'ZOOM H4n',
  'Untitled Project',
])('the tag %s was typed by nobody', (tag) => {
  expect(guess('Grace and Truth.mp3', { title: tag, artist: tag, album: tag }).fields).toMatchObject({
    title: 'Grace and Truth',
    speaker: '',
    series: '',
  })
})

test('people who share only a first name are not merged', () => {
  expect(
    guess('x.mp3', { artist: 'Father John' }, {}, { speakers: ['Pastor John'], series: [] }).fields.speaker,
  ).toBe('Father John')
})
