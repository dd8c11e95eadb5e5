import { engineAnswers } from '#app/_server/engine-answers.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { Notice } from '#components/ui/notice.tsx'

/** A notice while the job engine does not answer; nothing otherwise. It is streamed after the page, so it does not delay it. */
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
