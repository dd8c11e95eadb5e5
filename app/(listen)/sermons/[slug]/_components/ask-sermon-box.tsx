'use client'

import { AskBox, type AskBoxProps } from '#components/ask/ask-box.tsx'
import { OnDemand } from '#components/ui/on-demand.tsx'

const loadAnswerView = () => import('#components/ask/answer-view.tsx').then((file) => file.AnswerView)

/** The question box on the page of a sermon, where the code of answers is loaded with the first one. */
export function AskSermonBox(props: AskBoxProps) {
  return <AskBox {...props} renderAnswer={(answer) => <OnDemand load={loadAnswerView} props={answer} />} />
}
