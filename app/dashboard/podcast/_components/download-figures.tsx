import Link from 'next/link'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { Downloads } from '#lib/listening/downloads.ts'

/** How often the podcast files were downloaded, and the sermons with the most downloads. */
export function DownloadFigures({ downloads: { last7Days, last30Days, sermons } }: { downloads: Downloads }) {
  const t = useTranslations('podcast')
  return (
    <>
      <p className="max-w-prose text-sm text-soft">{t('downloadsText')}</p>
      <dl className="mt-4 flex flex-wrap gap-x-10 gap-y-3">
        {(
          [
            ['downloads7', last7Days],
            ['downloads30', last30Days],
          ] as const
        ).map(([label, count]) => (
          <div key={label}>
            <dt className="text-xs text-faint">{t(label)}</dt>
            <dd className="figures text-xl">{t('downloadCount', { count })}</dd>
          </div>
        ))}
      </dl>
      {sermons.length > 0 ? (
        <table className="mt-4 w-full text-sm">
          <caption className="sr-only">{t('downloadsCaption')}</caption>
          <thead className="text-left text-xs text-faint">
            <tr>
              <th scope="col" className="py-2 font-medium">
                {t('downloadsOfSermon')}
              </th>
              <th scope="col" className="py-2 text-right font-medium">
                {t('downloads30')}
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line border-y border-line">
            {sermons.map(({ id, title, downloads }) => (
              <tr key={id}>
                <td className="py-2 wrap-anywhere">
                  <Link href={`/dashboard/sermons/${id}`} prefetch={false} className="hover:underline">
                    {title}
                  </Link>
                </td>
                <td className="figures py-2 text-right">{t('downloadCount', { count: downloads })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className="mt-4 text-sm text-soft">{t('noDownloads')}</p>
      )}
    </>
  )
}
