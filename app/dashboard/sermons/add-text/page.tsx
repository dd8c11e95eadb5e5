import type { Metadata } from 'next'
import { requirePageMember } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { listKnownNames } from '#lib/sermons/list-known-names.ts'
import { AddTextForm } from './_components/add-text-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('addText')
  return { title: t('heading') }
}

/** A sermon from its text alone, without a recording. */
export default async function AddTextPage() {
  const { churchId } = await requirePageMember('/dashboard/sermons/add-text', 'editor')
  const t = await readTranslations('addText')
  return (
    <ClientMessages areas={['addText']}>
      <h1 className="title pt-8 text-2xl">{t('heading')}</h1>
      <p className="mt-2 mb-6 max-w-2xl text-sm text-soft">{t('introduction')}</p>
      <AddTextForm known={await listKnownNames(services(), { churchId })} />
    </ClientMessages>
  )
}
