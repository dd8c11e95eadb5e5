'use client'

import { OnDemand } from '#components/ui/on-demand.tsx'
import { AskBox, type AskBoxProps } from './ask-box.tsx'

const loadAnswerView = () => import('./answer-view.tsx').then((file) => file.AnswerView)

/** The question box on the page of a sermon, where the code of answers is loaded with the first one. */
export function AskSermonBox(props: AskBoxProps) {
  return <AskBox {...props} renderAnswer={(answer) => <OnDemand load={loadAnswerView} props={answer} />} />
}
