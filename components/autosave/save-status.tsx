import { type FailureReason, formatFailureReason } from '#components/api/failure-reason.ts'
import type { Translations } from '#components/messages/translations.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import type { SaveState } from './create-autosave.ts'

/** Shows whether the text is saved; in a conflict it asks which text to use. */
export function SaveStatus({
  state,
  onKeep,
  onDiscard,
}: {
  state: SaveState
  onKeep: () => void
  onDiscard: () => void
}) {
  const t = useTranslations('autosave')
  const failures = useTranslations('failures')
  return (
    <div className="mt-3 flex min-h-5 flex-wrap items-center gap-2.5">
      <p
        role="status"
        data-save-state={state.kind}
        className={
          state.kind === 'not-saved' || state.kind === 'conflict'
            ? 'text-xs text-danger'
            : 'text-xs text-faint'
        }
      >
        {describeSaveState(state, t, (reason) => formatFailureReason(reason, failures))}
      </p>
      {state.kind === 'conflict' ? (
        <>
          <Button size="sm" onClick={onKeep}>
            {t('keepMine')}
          </Button>
          <Button size="sm" variant="quiet" onClick={onDiscard}>
            {t('useTheirs')}
          </Button>
        </>
      ) : null}
    </div>
  )
}

function describeSaveState(
  state: SaveState,
  t: Translations<'autosave'>,
  say: (reason: FailureReason) => string,
): string {
  switch (state.kind) {
    case 'clean':
      return ''
    case 'saving':
      return t('saving')
    case 'saved':
      return t('saved')
    case 'not-saved':
      return t('notSaved', { reason: say(state.reason) })
    case 'conflict':
      return t('conflict')
  }
}
