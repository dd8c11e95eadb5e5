import { engineAnswers } from '#app/_server/engine-answers.ts'
import { Notice } from '#components/ui/notice.tsx'

/** Says that the job engine does not answer; nothing while it does. Comes after the page, never before it. */
export async function EngineNotice() {
  if (await engineAnswers()) return null
  return (
    <div className="pt-5">
      <Notice tone="warn" title="The job engine does not answer" live>
        Nothing new starts until it is available again. Requested work is kept and sent to it then. This page
        shows the last known state.
      </Notice>
    </div>
  )
}
