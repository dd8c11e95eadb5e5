'use client'

import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { useChange } from '#components/api/use-change.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
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
        {one.published > 0 ? (
          <Link {...textIn(null)} href={collectionPath(kind, one.slug)} className="font-medium wrap-anywhere">
            {one.name}
          </Link>
        ) : (
          <span {...textIn(null)} className="font-medium wrap-anywhere">
            {one.name}
          </span>
        )}
        <span className="figures text-xs text-faint">
          {t('sermonCount', { count: one.sermons })}
          {one.trashed > 0 ? ` · ${t('trashedCount', { count: one.trashed })}` : null}
        </span>
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
          <ActionDialog
            title={t('renameTitle')}
            text={t('renameText')}
            opens={{ text: t('rename'), name: t('renameNamed', { name: one.name }) }}
            does={{
              ...{ text: t('save'), busy },
              disabled: name.trim() === '' || name === one.name,
              onClick: () => void change({ method: 'PATCH', path, body: { name }, done: t('renamed') }),
            }}
          >
            <TextField
              label={t('name')}
              value={name}
              maxLength={sermonTextLimits[kind]}
              {...textIn(null)}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </ActionDialog>
          <ActionDialog
            title={t('describeTitle', { name: one.name })}
            text={t('describeText')}
            opens={{ text: t('describe'), name: t('describeNamed', { name: one.name }) }}
            does={{
              ...{ text: t('save'), busy },
              disabled: description === one.description,
              onClick: () =>
                void change({ method: 'PATCH', path, body: { description }, done: t('described') }),
            }}
          >
            <TextAreaField
              label={t('description')}
              rows={5}
              value={description}
              maxLength={MAX_COLLECTION_DESCRIPTION}
              {...textIn(null)}
              onChange={(event) => setDescription(event.currentTarget.value)}
            />
          </ActionDialog>
          {others.length > 0 ? (
            <ActionDialog
              title={t('mergeTitle')}
              text={t('mergeText', { name: one.name })}
              opens={{ text: t('merge'), name: t('mergeNamed', { name: one.name }) }}
              does={{
                ...{ text: t('merge'), busy },
                disabled: !chosen,
                onClick: () => chosen && void merge(chosen),
              }}
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
            </ActionDialog>
          ) : null}
          {one.sermons + one.trashed === 0 ? (
            <ConfirmDialog
              title={t('deleteTitle', { name: one.name })}
              description={t('deleteText', { described: one.description ? 'yes' : 'no' })}
              trigger={
                <Button size="sm" variant="quiet" aria-label={t('deleteNamed', { name: one.name })}>
                  {t('delete')}
                </Button>
              }
              keep={t('keep')}
              confirm={t('delete')}
              busy={busy}
              onConfirm={() =>
                void change({ method: 'DELETE', path, done: t('deleted', { name: one.name }) })
              }
            />
          ) : null}
        </div>
      ) : null}
    </li>
  )
}

/** A dialog with one field, the small button that opens it, and the one that does what it is for. */
function ActionDialog({
  title,
  text,
  opens,
  does: { text: action, ...button },
  children,
}: {
  title: string
  text: string
  /** `name` says of which entry of the list it is. */
  opens: { text: string; name: string }
  does: { text: string; busy: boolean; disabled: boolean; onClick: () => void }
  children: ReactNode
}) {
  return (
    <Dialog
      title={title}
      description={text}
      trigger={
        <Button size="sm" variant="quiet" aria-label={opens.name}>
          {opens.text}
        </Button>
      }
      actions={
        <DialogClose>
          <Button variant="primary" {...button}>
            {action}
          </Button>
        </DialogClose>
      }
    >
      {children}
    </Dialog>
  )
}
