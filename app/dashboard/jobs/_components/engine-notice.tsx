import { engineAnswers } from '#app/_server/engine-answers.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { Notice } from '#components/ui/notice.tsx'

/** Says that the job engine does not answer; nothing while it does. Comes after the page, never before it. */
export async function EngineNotice() {
  if (await engineAnswers()) return null
  const t = await readTranslations('jobs')
  return (
    <div className="pt-5">
      <Notice tone="warn" title={t('engineTitle')} live>
        {t('engineText')}
      </Notice>
    </div>
  )
}
