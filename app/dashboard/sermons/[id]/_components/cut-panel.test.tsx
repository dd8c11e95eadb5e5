import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { MessagesProvider } from '#components/messages/messages-provider.tsx'
import type { ApiCut } from '#lib/cuts/read-cut.ts'
import { readMessages } from '#lib/messages/read-messages.ts'
import { CutChooser } from './cut-chooser.tsx'
import { CutPanel } from './cut-panel.tsx'

vi.mock('next/navigation', () => ({ useRouter: () => ({}) }))

const part = { startMs: 200_000, endMs: 1_865_000 }
const whole: ApiCut = {
  ...{ durationMs: 2_400_000, published: null, requested: null, proposal: null },
  peaks: Array.from({ length: 1800 }, () => 100),
}

const render = (element: React.ReactElement) =>
  renderToStaticMarkup(
    <MessagesProvider language="en" messages={readMessages('en')}>
      {element}
    </MessagesProvider>,
  )
const show = (cut: Partial<ApiCut>, canEdit = true) =>
  render(<CutPanel sermonId="s" cut={{ ...whole, ...cut }} canEdit={canEdit} />)
const choose = (cut: Partial<ApiCut>) =>
  render(
    <CutChooser
      cut={{ ...whole, ...cut }}
      soundUrl="/sound"
      busy={false}
      onPublish={() => {}}
      onClose={() => {}}
    />,
  )

test('says what is published and what can be done', () => {
  expect(show({})).toContain('Listeners get the whole recording.')
  const cut = show({ published: part })
  expect(cut).toContain('Listeners get only 3:20 to 31:05 of the recording.')
  expect(cut).toContain('Use the whole recording again')
})

test('shows the progress of a part that is being prepared, and why one failed', () => {
  const preparing = show({ requested: { ...part, progress: 40, error: null } })
  expect(preparing).toContain('aria-valuenow="40"')
  expect(preparing).toContain('Cancel')
  const failed = show({ requested: { ...part, progress: 40, error: 'This part could not be prepared.' } })
  expect(failed).toContain('This part could not be prepared.')
  expect(failed).toContain('Choose the sermon only')
})

test('a viewer sees what is published and can change nothing', () => {
  const html = show({ published: part }, false)
  expect(html).toContain('only 3:20 to 31:05')
  expect(html).not.toContain('<button')
})

test('a proposal is shown as one, on two sliders with names, and cannot be published unheard', () => {
  const html = choose({ proposal: { state: 'ready', part } })
  expect(html).toContain('This is a proposal: the sermon seems to be from 3:20 to 31:05.')
  expect(html.match(/role="slider"[^>]*aria-label="(Start|End)"/g)).toHaveLength(2)
  expect(html).toContain('Listen to the start and the end before you publish this part.')
  expect(html).toMatch(/<button[^>]*disabled[^>]*>(?:(?!<\/button>).)*Publish this part only/)
})

test('says while it searches, when nothing was found, and when the search failed', () => {
  expect(choose({})).toContain('Looking for the start and the end')
  expect(choose({ proposal: { state: 'ready', part: null } })).toContain('No silence or music was found')
  expect(choose({ proposal: { state: 'failed', part: null } })).toContain('could not be found')
})
