import type { Metadata } from 'next'
import { services } from '#app/_server/services.ts'
import { AskBox } from '#components/ask/ask-box.tsx'
import { listPublishedSermons } from '#lib/sermons/list-sermons.ts'

export const metadata: Metadata = {
  title: 'Ask',
  description: 'Ask the sermons. The answer is in the preacher’s own words, and plays from the right second.',
}

/** How many of the newest sermons are looked at for a sample. */
const NEWEST = 30

/** Questions that the samples answer; of a library that has outgrown them they would promise too much. */
const sampleQuestions = [
  'What should I do when I am worried?',
  'Does God change?',
  'What if I feel weak?',
  'Can suffering be good for us?',
]

export default async function AskPage({ searchParams }: PageProps<'/ask'>) {
  const { q } = await searchParams
  const { sermons } = await listPublishedSermons(services(), { limit: NEWEST })
  const suggestions = sermons.some(({ isSample }) => isSample) ? sampleQuestions : []
  return (
    <div className="page pt-10 md:pt-20">
      <h1 className="title max-w-2xl text-2xl md:text-3xl">Ask what was preached</h1>
      <p className="mt-3 mb-7 max-w-xl text-base text-soft">
        The answer comes in the preacher’s own words, and every quote plays from its first word.
      </p>
      <AskBox
        label="Ask a question"
        initialQuestion={typeof q === 'string' ? q.slice(0, 500) : ''}
        suggestions={suggestions}
      />
    </div>
  )
}
