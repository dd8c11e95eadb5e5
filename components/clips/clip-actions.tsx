'use client'

import { Copy, Download } from 'lucide-react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { copyText } from '#components/ui/share-address.ts'
import { showToast } from '#components/ui/toast-store.ts'

/** Downloads a ready clip, and copies the address of its page. */
export function ClipActions({ clip }: { clip: { file: string; page: string } }) {
  const t = useTranslations('clips')
  const copy = async () => {
    const outcome = await copyText(new URL(clip.page, window.location.href).href)
    showToast(t(outcome === 'copied' ? 'copied' : 'copyRefused'), outcome === 'copied' ? 'ok' : 'danger')
  }
  return (
    <>
      <a href={`${clip.file}?download=1`} download className={buttonClass('secondary', 'sm')}>
        <Download aria-hidden size={15} />
        {t('download')}
      </a>
      <Button size="sm" icon={<Copy aria-hidden size={15} />} onClick={copy}>
        {t('copyLink')}
      </Button>
    </>
  )
}
