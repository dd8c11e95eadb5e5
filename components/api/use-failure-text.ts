import { useCallback } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { reasonOf } from './call-api.ts'
import { sayReason } from './failure-reason.ts'

/** Turns whatever a call of the API threw into a sentence for a person. */
export function useFailureText(): (error: unknown) => string {
  const t = useTranslations('failures')
  return useCallback((error) => sayReason(reasonOf(error), t), [t])
}
