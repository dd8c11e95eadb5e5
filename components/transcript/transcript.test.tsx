import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { MessagesProvider } from '#components/messages/messages-provider.tsx'
import { readingIn } from '#components/text/text-in.ts'
import { readMessages } from '#lib/messages/read-messages.ts'
import type { TimedWord } from './sentence-at-time.ts'
import { Transcript } from './transcript.tsx'

const words: TimedWord[] = ['Grace', 'came.', 'Peace', 'stays', 'with-us.'].map((text, index) => [
  text,
  index * 61_000,
  index * 61_000 + 400,
])
const show = (pageHref: string | null, language: string) =>
  renderToStaticMarkup(
    <MessagesProvider language="en" messages={readMessages('en')}>
      <Transcript
        track={null}
        pageHref={pageHref}
        startMs={null}
        words={words}
        sentences={[
          [0, 1],
          [2, 4],
        ]}
        isDraft={false}
        paragraphStarts={[0, 2]}
        speakerTurns={null}
        sermonId="s"
        marked={readingIn(language)}
      />
    </MessagesProvider>,
  )

test('each paragraph of a recording has its time, and each sentence is a link to its second', () => {
  const shown = show('/sermons/grace', 'en')
  expect(shown.match(/\d+:\d\d/g)).toEqual(['0:00', '2:02'])
  expect(shown).toContain('href="/sermons/grace?t=122"')
})

test('a text without a recording has no times: its sentences are found by their words', () => {
  const shown = show(null, 'en')
  expect(shown).not.toMatch(/\d+:\d\d|\?t=/)
  expect(shown).toContain('href="#:~:text=Peace%20stays%20with%2Dus."')
})

test('the paragraphs have the language and the direction of the sermon, the buttons those of the page', () => {
  const [tools, ...paragraphs] = show(null, 'he').split('lang="he" dir="rtl"')
  expect(tools).toContain('Suggest a fix')
  expect(paragraphs).toHaveLength(2)
})
