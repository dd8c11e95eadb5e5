import { describe, expect, it } from 'vitest'
import { findNamedSpeakers, readSpeaker } from './find-named-speakers.ts'
import { wordsOfText } from './words-of-text.ts'

const speakers = [
  'Jane Reed',
  'C. H. Spurgeon',
  'Charles Stanley',
  'Pastor Mary Grace',
  'Rev. Bob Hope',
  'José Álvarez',
  'Paul Stone',
  'Andrew',
  'Martin Luther King Jr.',
  'Frank Church',
  'John Mark',
  'Tom Zwickl',
].flatMap(readSpeaker)
const ordinary = new Set(
  'jane hope grace stone church king mark paul john andrew prayer love cross mercy sin faith hell heaven'.split(
    ' ',
  ),
)
const find = (question: string) =>
  findNamedSpeakers(
    wordsOfText(question).map((word) => word.normalize('NFKD').replace(/\p{Diacritic}/gu, '')),
    { speakers, isOrdinary: (word) => ordinary.has(word), isRare: (word) => word === 'zwickl' },
  )

describe('the speakers that a question names', () => {
  it.each([
    ['What did Jane Reed say about prayer?', ['Jane Reed'], 'jane reed'],
    ['What did Pastor Reed say about prayer?', ['Jane Reed'], 'pastor reed'],
    ['what does reed teach about prayer', ['Jane Reed'], 'reed'],
    ['What did Jane say about prayer?', ['Jane Reed'], 'jane'],
    ['Has Jane Reed ever preached on hell?', ['Jane Reed'], 'jane reed'],
    ['Jane Reed on prayer', ['Jane Reed'], 'jane reed'],
    ['sermons by Reed about prayer', ['Jane Reed'], 'reed'],
    ["Reed's view of prayer", ['Jane Reed'], 'reed'],
    ['According to Spurgeon, what is prayer?', ['C. H. Spurgeon'], 'spurgeon'],
    ['What did C. H. Spurgeon say about sin?', ['C. H. Spurgeon'], 'c h spurgeon'],
    ['What did Charles Haddon Spurgeon say about sin?', ['C. H. Spurgeon'], 'charles haddon spurgeon'],
    ['What did Dr. Spurgeon actually say about sin?', ['C. H. Spurgeon'], 'dr spurgeon'],
    ['What did Mary Grace say about grace?', ['Pastor Mary Grace'], 'mary grace'],
    ['What did Bob Hope say about hope?', ['Rev. Bob Hope'], 'bob hope'],
    ['¿Qué dijo José Álvarez sobre la oración?', ['José Álvarez'], 'jose alvarez'],
    ['What did Jose Alvarez say about faith?', ['José Álvarez'], 'jose alvarez'],
    ['What did Pastor Paul say about women?', ['Paul Stone'], 'pastor paul'],
    ['What did Brother Andrew say about prayer?', ['Andrew'], 'brother andrew'],
    ['What did King say about love?', ['Martin Luther King Jr.'], 'king'],
    ['What did Martin Luther King preach about love?', ['Martin Luther King Jr.'], 'martin luther king'],
    [
      'What did Jane Reed and José Álvarez say about hell?',
      ['Jane Reed', 'José Álvarez'],
      'jane reed jose alvarez',
    ],
    ['anything of zwickl on mercy', ['Tom Zwickl'], 'zwickl'],
  ])('%s', (question, expected, words) => {
    const found = find(question)
    expect([...(found?.names ?? [])]).toEqual(expected)
    const asked = wordsOfText(question)
    const positions = [...(found?.positions ?? [])].sort((a, b) => a - b)
    expect(positions.map((at) => asked[at]?.normalize('NFKD').replace(/\p{Diacritic}/gu, '')).join(' ')).toBe(
      words,
    )
  })

  it.each([
    'What did Paul say about women?',
    'What did Andrew say about the loaves?',
    'Who was John Mark?',
    'What does the church teach about baptism?',
    'What does my church say about giving?',
    'What is the message of grace?',
    'What does grace mean?',
    'What does hope say to the dying?'.replace('hope say', 'hope mean'),
    'Which stone was rolled away?',
    'A bruised reed will he not break',
    'What makes a good minister today?',
    'What are the duties of a pastor or elder?',
    'What did the pastor say about prayer?',
    'Why does God speak through a king?',
    'sermons on hope',
    'What did Doctor Luke write about Jesus?',
  ])('%s names none', (question) => {
    expect(find(question)).toBeNull()
  })

  it.each([
    ['What did Pastor Smith say about prayer?', 'smith'],
    ['Has Reverend Adam Jones preached on hell?', 'adam jones'],
    ['According to Bishop Ryle, what is holiness?', 'ryle'],
  ])('%s names a preacher who is not here', (question, unknown) => {
    expect(find(question)).toMatchObject({ names: new Set(), unknown })
  })
})
