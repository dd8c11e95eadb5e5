'use client'

import type { ReactNode } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { Answer } from './answer-stream.ts'
import { type AskAddress, writeAskAddress } from './ask-address.ts'
import { followHere } from './follow-here.ts'

/** How a question was read, and other ways to ask it: with the reference that is meant, or without the question before it. */
export function AnswerReading({
  answer: { readAs, meant },
  address,
  onGo,
}: {
  answer: Pick<Answer, 'readAs' | 'meant'>
  address: AskAddress
  onGo: (address: AskAddress) => void
}) {
  const t = useTranslations('ask')
  const linkTo = (to: AskAddress) => (text: ReactNode) => (
    <a
      href={writeAskAddress(to)}
      onClick={(event) => followHere(event, () => onGo(to))}
      className="underline underline-offset-4 hover:text-ink"
    >
      {text}
    </a>
  )
  return (
    <>
      {meant === null ? null : (
        <p className="mt-6 max-w-2xl text-base">
          {t.rich('meant', { question: meant, link: linkTo({ ...address, question: meant }) })}
        </p>
      )}
      {readAs === null ? null : (
        <p className="mt-6 max-w-2xl text-sm text-soft">
          {t('readAs', { question: readAs })} {linkTo({ ...address, earlier: [] })(t('askAlone'))}
        </p>
      )}
    </>
  )
}
