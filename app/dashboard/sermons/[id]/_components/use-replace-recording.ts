import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { showToast } from '#components/ui/toast-store.ts'
import { describeProblem } from '#components/upload/upload-problem.ts'
import { useUploads } from '#components/upload/upload-provider.tsx'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** Returns a function that uploads a file as the new recording of the sermon, and shows when it is refused. */
export function useReplaceRecording({ id, title }: SermonView): (file: File) => Promise<void> {
  const uploadTexts = useTranslations('upload')
  const language = useLanguage()
  const { store } = useUploads()
  return async (file) => {
    const refusal = await store.replaceRecording({ id, title }, { file })
    if (refusal) showToast(describeProblem(refusal, uploadTexts, language), 'danger')
  }
}
