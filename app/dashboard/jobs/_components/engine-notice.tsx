import { engineAnswers } from '#app/_server/engine-answers.ts'
import { Notice } from '#components/ui/notice.tsx'

/** Says that the job engine does not answer; nothing while it does. Comes after the page, never before it. */
export async function EngineNotice() {
  if (await engineAnswers()) return null
  return (
    <div className="pt-5">
      <Notice tone="warn" title="The job engine does not answer" live>
        Nothing new starts until it is back. What was asked for is kept and handed over then; what you see
        here is what we knew last.
      </Notice>
    </div>
  )
}
