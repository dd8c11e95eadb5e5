import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { MessagesProvider } from '#components/messages/messages-provider.tsx'
import type { DeadLetterView } from '#lib/dead-letters/list-dead-letters.ts'
import { readMessages } from '#lib/messages/read-messages.ts'
import { DeadLetterList } from './dead-letter-list.tsx'

vi.mock('next/navigation', () => ({ useRouter: () => ({}) }))

const letter: DeadLetterView = {
  ...{ id: 'a', kind: 'run', subject: 'run_a', type: 'transcribe', state: 'open', fingerprint: 'f' },
  ...{ reason: 'The key was refused.', advice: 'Check the key.', details: {}, sermon: null, eventId: null },
  ...{ runId: 'run_a', newEventId: null, redriveId: null, settledAt: null },
  createdAt: '2026-11-26T12:00:00.000Z',
}
const show = (canChange: boolean) =>
  renderToStaticMarkup(
    <MessagesProvider language="en" messages={readMessages('en')}>
      <DeadLetterList letters={[letter]} canChange={canChange} churchId="c" church={undefined} />
    </MessagesProvider>,
  )

test('a viewer sees the dead letter and its reason, and no buttons', () => {
  expect(show(false)).toContain('The key was refused.')
  expect(show(false)).not.toContain('<button')
  expect(show(true).match(/<button/g)).toHaveLength(2)
})
