import { Button } from '#components/ui/button.tsx'
import type { SaveState } from './create-autosave.ts'

/** Says whether what was typed has been saved; in a conflict it asks which text counts. */
export function SaveStatus({
  state,
  onKeep,
  onDiscard,
}: {
  state: SaveState
  onKeep: () => void
  onDiscard: () => void
}) {
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
        {describeSaveState(state)}
      </p>
      {state.kind === 'conflict' ? (
        <>
          <Button size="sm" onClick={onKeep}>
            Save my text
          </Button>
          <Button size="sm" variant="quiet" onClick={onDiscard}>
            Use the other text
          </Button>
        </>
      ) : null}
    </div>
  )
}

function describeSaveState(state: SaveState): string {
  switch (state.kind) {
    case 'clean':
      return ''
    case 'saving':
      return 'Saving…'
    case 'saved':
      return 'Saved'
    case 'not-saved':
      return `Not saved: ${state.message}`
    case 'conflict':
      return 'Not saved: someone else changed this in the meantime.'
  }
}
