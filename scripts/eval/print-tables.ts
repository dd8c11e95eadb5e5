import type { AnswersResult } from './measure-answers.ts'
import type { RetrievalResult } from './measure-retrieval.ts'

export type Report = {
  corpus: { name: string; sermons: number; passages: number; indexMs: number }
  embedder: string
  answerer: string
  retrieval: ({ task: string; mix: string } & RetrievalResult)[]
  answers: ({ set: string } & AnswersResult)[]
}

/** The report as Markdown tables, ready for docs/evaluation.md. */
export function printTables({ corpus, embedder, answerer, retrieval, answers }: Report): void {
  const { name, sermons, passages, indexMs } = corpus
  console.log(
    `Corpus: ${name}, ${sermons} sermons, ${passages} passages, indexed in ${(indexMs / 1000).toFixed(0)} s`,
  )
  console.log(`Embedder: ${embedder}. Answers: ${answerer}.\n`)
  console.log('| task | n | ranking | hit@1 | hit@10 | MRR | ms per query |')
  console.log('|---|--:|---|--:|--:|--:|--:|')
  for (const { task, cases, mix, hit1, hit10, mrr, msPerQuery } of retrieval) {
    const scores = [hit1, hit10, mrr].map((value) => value.toFixed(2)).join(' | ')
    console.log(`| ${task} | ${cases} | ${mix} | ${scores} | ${msPerQuery.toFixed(0)} |`)
  }
  console.log(
    '\n| questions | answered | first quote from a labelled sermon | any quote | refused, of unanswerable | quotes word for word | ms |',
  )
  console.log('|---|--:|--:|--:|--:|--:|--:|')
  for (const row of answers) {
    const cells = [
      `${row.answered} of ${row.answerable}`,
      `${row.firstFromRightSermon} of ${row.answered}`,
      `${row.anyFromRightSermon} of ${row.answered}`,
      `${row.refused} of ${row.unanswerable}`,
      `${row.verbatimQuotes} of ${row.quotes}`,
      row.msPerQuestion.toFixed(0),
    ]
    console.log(`| ${row.set} | ${cells.join(' | ')} |`)
  }
  for (const { set, wronglyRefused, wronglyAnswered } of answers) {
    for (const question of wronglyRefused) console.log(`\nWrongly refused (${set}): ${question}`)
    for (const question of wronglyAnswered) console.log(`\nWrongly answered (${set}): ${question}`)
  }
}
