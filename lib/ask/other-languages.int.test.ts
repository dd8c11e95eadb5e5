import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { churches } from '#lib/db/schema.ts'
import { indexPassages } from '#lib/search/index-passages.ts'
import { searchPassages } from '#lib/search/search-passages.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { answerQuestion } from './answer-question.ts'
import { extractiveAnswerer } from './extractive-answerer.ts'

const texts = {
  en: 'The good shepherd gives his life for the sheep. He seeks the one that is lost in the hills. We rest by quiet waters.',
  es: 'El buen pastor da su vida por las ovejas. Él busca a la que está perdida en la montaña. Descansamos junto a aguas tranquilas.',
  zh: '好牧人为羊舍命。他在山上寻找迷失的羊。我们在安静的水边休息。神的恩典够我们用。',
  ja: '良い羊飼いは羊のために命を捨てます。彼は山で迷った羊を探します。私たちは静かな水のほとりで休みます。',
  th: 'ผู้เลี้ยงที่ดีสละชีวิตเพื่อฝูงแกะ เขาตามหาแกะที่หลงหายบนภูเขา เราพักผ่อนริมน้ำนิ่ง',
  he: 'הרועה הטוב נותן את נפשו בעד הצאן. הוא מחפש את האובד בהרים. אנו נחים על מי מנוחות.',
  ar: 'الراعي الصالح يبذل نفسه عن الخراف. إنه يطلب الضال في الجبال. نستريح عند مياه هادئة.',
}

let database: TestDatabase
let connection: DatabaseConnection
const sermons = new Map<string, string>()

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  const { db } = connection
  const [church] = await db.insert(churches).values({ slug: 'church', name: 'A church' }).returning()
  if (!church) throw new Error('no church')
  const add = async (language: string, title: string, text: string) => {
    const { sermonId } = await createTextSermon(
      { db },
      { churchId: church.id, createdBy: null, title, text, language, publish: true },
    )
    await indexPassages({ db, embedder: null }, { sermonId })
    return sermonId
  }
  for (const [language, text] of Object.entries(texts)) {
    sermons.set(language, await add(language, language, text))
  }
  await add(
    'en',
    'Harvest',
    'The farmer sowed his field in spring. In autumn he gathered the wheat into the barn.',
  )
  await add(
    'es',
    'Cosecha',
    'El labrador sembró su campo en primavera. En otoño recogió el trigo en el granero.',
  )
  await add('zh', '收成', '农夫在春天撒种。秋天他把麦子收进仓里。')
})
afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

const ask = (question: string) =>
  answerQuestion(
    { db: connection.db, embedder: null, answerer: extractiveAnswerer },
    { question, scope: { memberOf: [] } },
  )

it.each([
  ['en', 'Who is the good shepherd?'],
  ['es', '¿Quién es el buen pastor?'],
  ['zh', '谁是好牧人？'],
  ['ja', '良い羊飼いは誰ですか'],
  ['th', 'ใครคือผู้เลี้ยงที่ดี'],
  ['he', 'מי הרועה הטוב?'],
  ['ar', 'من هو الراعي الصالح؟'],
])('does not refuse what was preached in the language of the question: %s', async (language, question) => {
  const { outcome, quotes, nearest } = await ask(question)
  expect(outcome).not.toBe('refused')
  expect([...quotes, ...nearest][0]?.sermonId).toBe(sermons.get(language))
})

it.each(['What is the best recipe for lasagne?', '¿Cuánto cuesta el bitcoin?', '比特币多少钱？'])(
  'shows nothing for what no sermon speaks of: %s',
  async (question) => {
    expect(await ask(question)).toMatchObject({ outcome: 'refused', quotes: [], nearest: [] })
  },
)

it.each([
  ['What does the shepherd do for his sheep?', ['shepherd', 'sheep']],
  ['¿Qué hace el pastor por las ovejas?', ['hace', 'pastor', 'ovejas']],
])('leaves out the stop words of the language that a query is written in: %s', async (query, words) => {
  const found = await searchPassages(
    { db: connection.db, embedder: null },
    { query, limit: 3, scope: { memberOf: [] } },
  )
  expect(found.query.terms.map(({ word }) => word).sort()).toEqual([...words].sort())
})
