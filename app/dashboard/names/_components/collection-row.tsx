'use client'

import Link from 'next/link'
import { useState } from 'react'
import { useChange } from '#components/api/use-change.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { SelectField, TextAreaField, TextField } from '#components/ui/field.tsx'
import { type CollectionKind, collectionFolders, collectionPath } from '#lib/sermons/collection-kind.ts'
import type { Collection } from '#lib/sermons/collections.ts'
import { MAX_COLLECTION_DESCRIPTION, sermonTextLimits } from '#lib/sermons/sermon-text-limits.ts'

/** A speaker, series or topic, with the actions for its name and description. */
export function CollectionRow({
  kind,
  one,
  others,
  canEdit,
}: {
  kind: CollectionKind
  one: Collection
  others: readonly Collection[]
  canEdit: boolean
}) {
  const t = useTranslations('names')
  const { busy, change } = useChange()
  const [name, setName] = useState(one.name)
  const [description, setDescription] = useState(one.description)
  const [into, setInto] = useState('')
  const same = others.find(({ id }) => id === one.sameAs)

  const path = `/api/v1/${collectionFolders[kind]}/${one.id}`
  const merge = (kept: Collection) =>
    change({
      path: `${path}/merge`,
      body: { into: kept.id },
      done: t('merged', { name: one.name, into: kept.name }),
    })
  const chosen = others.find(({ id }) => id === into)

  return (
    <li className="py-4" data-collection={one.id}>
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Link {...textIn(null)} href={collectionPath(kind, one.slug)} className="font-medium wrap-anywhere">
          {one.name}
        </Link>
        <span className="figures text-xs text-faint">{t('sermonCount', { count: one.sermons })}</span>
      </p>
      {one.description ? (
        <p {...textIn(null)} className="mt-1 line-clamp-2 max-w-prose text-sm text-soft">
          {one.description}
        </p>
      ) : null}
      {canEdit && same ? (
        <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm text-soft">
          {t('seemsSame', { name: same.name })}
          <Button size="sm" busy={busy} onClick={() => void merge(same)}>
            {t('mergeInto', { name: same.name })}
          </Button>
        </p>
      ) : null}
      {canEdit ? (
        <div className="mt-2 flex flex-wrap gap-2">
          <Dialog
            title={t('renameTitle')}
            description={t('renameText')}
            trigger={
              <Button size="sm" variant="quiet" aria-label={t('renameNamed', { name: one.name })}>
                {t('rename')}
              </Button>
            }
            actions={
              <DialogClose>
                <Button
                  variant="primary"
                  busy={busy}
                  disabled={name.trim() === '' || name === one.name}
                  onClick={() => void change({ method: 'PATCH', path, body: { name }, done: t('renamed') })}
                >
                  {t('save')}
                </Button>
              </DialogClose>
            }
          >
            <TextField
              label={t('name')}
              value={name}
              maxLength={sermonTextLimits[kind]}
              {...textIn(null)}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </Dialog>
          <Dialog
            title={t('describeTitle', { name: one.name })}
            description={t('describeText')}
            trigger={
              <Button size="sm" variant="quiet" aria-label={t('describeNamed', { name: one.name })}>
                {t('describe')}
              </Button>
            }
            actions={
              <DialogClose>
                <Button
                  variant="primary"
                  busy={busy}
                  disabled={description === one.description}
                  onClick={() =>
                    void change({ method: 'PATCH', path, body: { description }, done: t('described') })
                  }
                >
                  {t('save')}
                </Button>
              </DialogClose>
            }
          >
            <TextAreaField
              label={t('description')}
              rows={5}
              value={description}
              maxLength={MAX_COLLECTION_DESCRIPTION}
              {...textIn(null)}
              onChange={(event) => setDescription(event.currentTarget.value)}
            />
          </Dialog>
          {others.length > 0 ? (
            <Dialog
              title={t('mergeTitle')}
              description={t('mergeText', { name: one.name })}
              trigger={
                <Button size="sm" variant="quiet" aria-label={t('mergeNamed', { name: one.name })}>
                  {t('merge')}
                </Button>
              }
              actions={
                <DialogClose>
                  <Button
                    variant="primary"
                    busy={busy}
                    disabled={!chosen}
                    onClick={() => chosen && void merge(chosen)}
                  >
                    {t('merge')}
                  </Button>
                </DialogClose>
              }
            >
              <SelectField
                label={t('mergeWith')}
                value={into}
                options={[
                  { value: '', label: t('choose') },
                  ...others.map((other) => ({ value: other.id, label: other.name })),
                ]}
                onChange={(event) => setInto(event.currentTarget.value)}
              />
            </Dialog>
          ) : null}
        </div>
      ) : null}
    </li>
  )
}
