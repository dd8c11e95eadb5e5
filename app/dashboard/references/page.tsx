import type { Metadata } from 'next'
import { requirePageMember } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { listDoubtfulReferences } from '#lib/scripture/review-references.ts'
import { ReferenceItem } from './_components/reference-item.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('references')
  return { title: t('title') }
}

/** Spoken Bible references whose meaning is not certain. */
export default async function ReferencesPage() {
  const { churchId, role } = await requirePageMember('/dashboard/references')
  const t = await readTranslations('references')
  const references = await listDoubtfulReferences(services(), { churchId })
  if (references.length === 0) {
    return (
      <EmptyState level={1} title={t('title')}>
        {t('nothing')}
      </EmptyState>
    )
  }
  return (
    <ClientMessages areas={['references']}>
      <h1 className="title pt-8 text-2xl">{t('title')}</h1>
      <p className="mt-2 max-w-2xl text-sm text-soft">{t('introduction')}</p>
      <ul className="mt-6 max-w-3xl border-t border-line">
        {references.map((reference) => (
          <ReferenceItem key={reference.id} reference={reference} canEdit={role !== 'viewer'} />
        ))}
      </ul>
    </ClientMessages>
  )
}
