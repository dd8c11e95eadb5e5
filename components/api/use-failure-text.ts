import { useCallback } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { reasonOf } from './call-api.ts'
import { formatFailureReason } from './failure-reason.ts'

/** Converts any error of a call of the API to a sentence for a person. */
export function useFailureText(): (error: unknown) => string {
  const t = useTranslations('failures')
  return useCallback((error) => formatFailureReason(reasonOf(error), t), [t])
}
