import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { compileMessages } from '#lib/messages/compile-messages.ts'
import { defaultMessages, type Messages } from '#lib/messages/languages.ts'
import { readMessages } from '#lib/messages/read-messages.ts'
import { MessagesProvider } from './messages-provider.tsx'
import { useTranslations } from './use-translations.ts'

function CloseButton() {
  const t = useTranslations('common')
  return <button type="button">{t('close')}</button>
}

function Places({ count }: { count: number }) {
  const t = useTranslations('search')
  return <p>{t('places', { count, sermons: count })}</p>
}

/** A second language, of which plurals and numbers differ from English. */
const german: Messages = compileMessages({
  ...defaultMessages,
  common: { ...defaultMessages.common, close: 'Schließen' },
  search: { ...defaultMessages.search, places: '{count, plural, one {Eine Stelle} other {# Stellen}}' },
})

const show = (language: string, messages: Partial<Messages>, count: number) =>
  renderToStaticMarkup(
    <MessagesProvider language={language} messages={{ common: messages.common ?? defaultMessages.common }}>
      <CloseButton />
      <MessagesProvider language={language} messages={{ search: messages.search ?? defaultMessages.search }}>
        <CloseButton />
        <Places count={count} />
      </MessagesProvider>
    </MessagesProvider>,
  )

test('a page speaks English, and adds the messages of a part to those of the layout', () => {
  const page = show('en', readMessages('en'), 1)
  expect(page.match(/>Close</g)).toHaveLength(2)
  expect(page).toContain('<p>1 place in 1 sermon</p>')
})

test('a page speaks another language, with its plurals and numbers', () => {
  expect(show('de', german, 1)).toContain('Eine Stelle')
  expect(show('de', german, 1234)).toContain('1.234 Stellen')
  expect(show('de', german, 2).match(/Schließen/g)).toHaveLength(2)
})

test('a language that is not shipped is answered in English', () =>
  expect(readMessages('tlh').common.close).toBe('Close'))
