'use client'

import { AnswerView } from '#components/ask/answer-view.tsx'
import { AskBox, type AskBoxProps } from '#components/ask/ask-box.tsx'

/** The question box of the page `/ask`, which shows an answer also without JavaScript. */
export function AskPageBox(props: AskBoxProps) {
  return <AskBox {...props} renderAnswer={(answer) => <AnswerView {...answer} />} />
}
