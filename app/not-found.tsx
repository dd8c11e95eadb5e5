import type { Metadata } from 'next'
import { readTranslations } from '#components/messages/read-translations.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { NothingHere } from '#components/shell/nothing-here.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('errors')
  return { title: t('notFoundTitle') }
}

export default function NotFound() {
  const t = useTranslations('errors')
  return <NothingHere title={t('notFoundTitle')} text={t('notFoundText')} />
}
