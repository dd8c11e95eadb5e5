import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { DraftOwner } from '#components/autosave/draft-owner.tsx'
import { MessagesProvider } from '#components/messages/messages-provider.tsx'
import type { EditableChapters } from '#lib/chapters/read-chapters.ts'
import { readMessages } from '#lib/messages/read-messages.ts'
import { ChaptersPanel } from './chapters-panel.tsx'

vi.mock('next/navigation', () => ({ useRouter: () => ({}) }))

const track = {
  ...{ id: 's', title: 'Grace', artist: null, album: null, reference: '', pageHref: '/sermons/grace' },
  ...{ hlsUrl: '/api/v1/sermons/s/hls/master.m3u8', captionsUrl: '/api/v1/sermons/s/transcript.vtt' },
  ...{ durationMs: 1_800_000, peaks: [] },
}
const detected = [
  { title: 'Grace is', startMs: 0 },
  { title: 'Romans 8:1–4', startMs: 600_000 },
]

const show = (chapters: EditableChapters, canEdit = true) =>
  renderToStaticMarkup(
    <MessagesProvider language="en" messages={readMessages('en')}>
      <DraftOwner userId="u">
        <ChaptersPanel sermonId="s" track={track} chapters={chapters} canEdit={canEdit} />
      </DraftOwner>
    </MessagesProvider>,
  )

test('detected chapters are labelled, and can be accepted or removed together', () => {
  const html = show({ source: 'detected', chapters: detected, revision: 0, detected })
  expect(html).toContain('Detected from the transcript')
  expect(html).toContain('Accept these chapters')
  expect(html).toContain('Remove all')
  expect(html).not.toContain('Also detected')
})

test('beside chapters of another source, only those that were detected elsewhere are proposed', () => {
  const chapters = [{ title: 'Welcome', startMs: 5000 }]
  for (const source of ['file', 'edited'] as const) {
    const html = show({ source, chapters, revision: 1, detected })
    expect(html).toContain('Also detected')
    expect(html).toContain('Add the chapter at 10:00: Romans 8:1–4')
    expect(html).not.toContain('Grace is')
  }
})

test('a viewer sees the chapters and can change nothing', () => {
  const html = show({ source: 'detected', chapters: detected, revision: 0, detected }, false)
  expect(html).toContain('Romans 8:1–4')
  expect(html).not.toContain('<input')
  expect(html).not.toContain('Accept')
})
