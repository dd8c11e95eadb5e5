import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { storeReferences } from '#lib/scripture/store-references.ts'
import { indexPassages } from '#lib/search/index-passages.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { answerQuestion } from './answer-question.ts'
import { extractiveAnswerer } from './extractive-answerer.ts'

const library = [
  [
    'Under the Juniper Tree',
    'Thomas Reed',
    '1 Kings 19:1-8',
    'When God Seems Far',
    'Elijah sat down under a juniper tree and asked that he might die. Depression is no stranger to the servants of God. The prophet was weary, and his weariness made the whole world dark. God did not scold him. He let him sleep, and he fed him. Before the Lord corrects a tired man he gives him bread. If you suffer from depression, eat and sleep, and do not judge your life at midnight. Suffering bends the strongest.',
  ],
  [
    'No Condemnation',
    'Thomas Reed',
    'Romans 8:1-11',
    'Romans',
    'There is therefore now no condemnation to them which are in Christ Jesus. The law could condemn but it could not cure. The Spirit of life has set us free. A believer may be accused, but he cannot be condemned. Our guilt was carried to the cross, and justification is the verdict of the judge.',
  ],
  [
    'More Than Conquerors',
    'Anna Moss',
    'Romans 8:31-39',
    'Romans',
    'If God be for us, who can be against us? Suffering does not separate us from the love of Christ. Tribulation and distress are real, yet we are more than conquerors. The Father who gave his Son will give us all things. Suffering is not the last word.',
  ],
  [
    'He Is Not Here',
    'Anna Moss',
    'Matthew 28:1-10',
    '',
    'On Easter morning the women came to the tomb and the stone was rolled away. The resurrection is not a memory but an event. He is not here, for he is risen. Death could not hold him. At Easter the church sings because the grave is empty.',
  ],
  [
    'The Habit of Thanks',
    'Thomas Reed',
    'Luke 17:11-19',
    '',
    'Ten lepers were cleansed and one returned to give thanks. Thankfulness is a habit that grows with use. Gratitude sees the giver behind the gift. Give thanks at your table and on your bed. An ungrateful heart is always hungry.',
  ],
  [
    'Lead Us Not',
    'Martyn Lloyd-Jones',
    'Matthew 6:13',
    'The Lord’s Prayer',
    'Temptation is not sin, but it stands at the door of sin. We pray, lead us not into temptation. The tempter comes when we are alone and tired. Flee from what you cannot fight. Christ was tempted and he did not fall.',
  ],
  [
    'Our Daily Bread',
    'Martyn Lloyd-Jones',
    'Matthew 6:11',
    'The Lord’s Prayer',
    'Give us this day our daily bread. Money is a good servant and a bad master. God teaches us to ask for today and not for a barn full. Anxiety about tomorrow steals the bread of today. Generosity is the cure of greed.',
  ],
  [
    'The First and the Last',
    'C. H. Spurgeon',
    'Revelation 1:17',
    '',
    'Fear not, I am the first and the last. He was before all worlds and he shall be when worlds are no more. The second coming of Christ is the hope of the church. When he comes again every eye shall see him. Alpha and Omega is his name.',
  ],
  [
    'A Home Built on Kindness',
    'Grace Okonkwo',
    'Ephesians 5:22-33',
    'Family',
    'Marriage is a school of kindness. A husband loves his wife as Christ loved the church. Forgive before the sun goes down. Children learn grace from parents who say sorry. A home is built by small words.',
  ],
  [
    'Teach Us to Pray',
    'Grace Okonkwo',
    'Luke 11:1-13',
    '',
    'Prayer is a child speaking to a father. The disciples asked, Lord, teach us to pray. Ask, seek and knock. Prayer does not change God, it changes us. Persistence in prayer is faith that keeps its hand on the door.',
  ],
] as const

let database: TestDatabase
let connection: DatabaseConnection
const titles = new Map<string, string>()

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  const { db } = connection
  const churchId = await createChurch(db)
  for (const [title, speaker, scripture, series, text] of library) {
    const { sermonId } = await createTextSermon(
      { db },
      {
        churchId,
        createdBy: null,
        title,
        speaker,
        scripture,
        series: series === '' ? undefined : series,
        text,
        publish: true,
      },
    )
    await indexPassages({ db, embedder: null }, { sermonId })
    await storeReferences({ db }, { sermonId })
    titles.set(sermonId, title)
  }
})
afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

async function ask(question: string, earlier?: string[]) {
  const deps = { db: connection.db, embedder: null, answerer: extractiveAnswerer }
  const answer = await answerQuestion(deps, { question, earlier, scope: { memberOf: [] } })
  const titlesOf = (list: readonly { sermonId: string }[]) => [
    ...new Set(list.map(({ sermonId }) => titles.get(sermonId))),
  ]
  return {
    ...answer,
    quoted: titlesOf(answer.quotes),
    listed: titlesOf(answer.sermons).toSorted(),
    names: answer.speakers.map(({ name }) => name).toSorted(),
  }
}

describe('a library of ten sermons by five preachers', () => {
  it.each([
    ['Who preached on Romans 8?', ['Anna Moss', 'Thomas Reed']],
    ['who’s preached on Luke 11?', ['Grace Okonkwo']],
    ['Who preached from Ephesians?', ['Grace Okonkwo']],
    ['who talked about marriage', ['Grace Okonkwo']],
    ['Who here has preached about gratitude?', ['Thomas Reed']],
    ['Who gave a sermon about thankfulness?', ['Thomas Reed']],
    ['Which pastor preached on temptation?', ['Martyn Lloyd-Jones']],
    ['Which of the preachers spoke about money?', ['Martyn Lloyd-Jones']],
    ['Who preaches on Easter?', ['Anna Moss']],
    ['Has anyone preached on depression?', ['Thomas Reed']],
    ['Has any preacher talked about greed?', ['Martyn Lloyd-Jones']],
    ['Is there anyone who spoke about marriage?', ['Grace Okonkwo']],
    ['Whose sermon is about Elijah?', ['Thomas Reed']],
  ])('says who preached: %s', async (question, names) => {
    expect(await ask(question)).toMatchObject({ kind: 'speakers', outcome: 'answered', names })
  })

  const romans = ['More Than Conquerors', 'No Condemnation']
  it.each([
    ['What has been preached on Romans 8?', romans],
    ['sermons on Romans', romans],
    ['All sermons in the Romans series', romans],
    ['sermons by Pastor Reed on Romans', ['No Condemnation']],
    ['What sermons are there on Luke?', ['Teach Us to Pray', 'The Habit of Thanks']],
    ['Sermon on Romans 8:1', ['No Condemnation']],
    ['What’s been preached on Luke 17?', ['The Habit of Thanks']],
    ['Sermons from Matthew 6', ['Lead Us Not', 'Our Daily Bread']],
    ['Sermons about Easter', ['He Is Not Here']],
    ['Easter sermons', ['He Is Not Here']],
    ['messages about money', ['Our Daily Bread']],
    ['Anything on marriage?', ['A Home Built on Kindness']],
    ['Do any sermons deal with guilt?', ['No Condemnation']],
    ['I’m looking for a message on suffering', ['More Than Conquerors']],
    ['List the sermons of Anna Moss', ['He Is Not Here', 'More Than Conquerors']],
    ['What did Anna Moss preach on?', ['He Is Not Here', 'More Than Conquerors']],
    ['Anything from Anna Moss?', ['He Is Not Here', 'More Than Conquerors']],
    ['Show me sermons by Grace Okonkwo', ['A Home Built on Kindness', 'Teach Us to Pray']],
    ['Sermons by Spurgeon', ['The First and the Last']],
  ])('lists the sermons: %s', async (question, listed) => {
    expect(await ask(question)).toMatchObject({ kind: 'sermons', outcome: 'answered', listed })
  })

  it.each([
    ['What did Rev. Reed say about depression?', 'Under the Juniper Tree'],
    ['What did Tom Reed say about thankfulness?', 'The Habit of Thanks'],
    ['How does Thomas Reed explain justification?', 'No Condemnation'],
    ['What did Lloyd Jones say about temptation?', 'Lead Us Not'],
    ['What did Martin Lloyd-Jones say about temptation?', 'Lead Us Not'],
    ['What did Dr. Lloyd-Jones teach on money?', 'Our Daily Bread'],
    ['What did Pastor Grace say about prayer?', 'Teach Us to Pray'],
    ['What did Pastor Okonkwu say about marriage?', 'A Home Built on Kindness'],
    ['What did Spurgen say about fear?', 'The First and the Last'],
    ['What did Anna Mos say about suffering?', 'More Than Conquerors'],
    ['What does Moss teach about the resurrection?', 'He Is Not Here'],
    ['What are Anna Moss’s thoughts on Easter?', 'He Is Not Here'],
    ['What’s Spurgeon’s view on the second coming?', 'The First and the Last'],
    ['According to Spurgeon, who is the first and the last?', 'The First and the Last'],
    ['What about the first and the last?', 'The First and the Last'],
    ['What is the second coming?', 'The First and the Last'],
  ])('answers from the preacher, or by the phrase: %s', async (question, title) => {
    expect(await ask(question)).toMatchObject({ kind: 'quotes', outcome: 'answered', quoted: [title] })
  })

  it.each([
    ['Summarise Under the Juniper Tree', 'Under the Juniper Tree'],
    ['summarise the sermon on Elijah', 'Under the Juniper Tree'],
    ['What is “Lead Us Not” about?', 'Lead Us Not'],
    ['Can you sum up He Is Not Here for me?', 'He Is Not Here'],
    ['Give me the gist of No Condemnation', 'No Condemnation'],
    ['What are the key points of Teach Us to Pray?', 'Teach Us to Pray'],
    ['Could you summarise the talk about marriage?', 'A Home Built on Kindness'],
  ])('summarises the sermon: %s', async (question, title) => {
    expect(await ask(question)).toMatchObject({ kind: 'summary', outcome: 'answered', quoted: [title] })
  })

  it.each([
    'What comes after?',
    'What does it all mean?',
    'Why and how?',
    'Who is he?',
    'What should we do?',
    'How does this help me?',
    'Tell me something',
    'What is the best way?',
    'Is it good or bad?',
    'What do people need to know?',
    'Where do I begin?',
    'the last and the first',
    'Which sermons are on Romans 12?',
    'Do you have any sermons on Genesis 1?',
  ])('says nothing to words of asking alone, nor of what was not preached: %s', async (question) => {
    expect(await ask(question)).toMatchObject({ outcome: 'refused', quotes: [], nearest: [], sermons: [] })
  })

  it('keeps the subject and the request of a follow-up', async () => {
    expect(await ask('Who preached it?', ['Which sermons are about Easter?'])).toMatchObject({
      kind: 'speakers',
      names: ['Anna Moss'],
    })
    expect((await ask('And Anna Moss?', ['What did Thomas Reed say about suffering?'])).quoted).toEqual([
      'More Than Conquerors',
    ])
    expect((await ask('Why did God not scold him?', ['Who was Elijah?'])).quoted).toEqual([
      'Under the Juniper Tree',
    ])
  })
})
