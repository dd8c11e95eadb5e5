/** An icon above its words, as the icons of lists look alike. Five of them fit beside each other on the smallest phone. */
export const listButtonClass =
  'press flex min-w-14 max-w-18 flex-1 basis-14 flex-col items-center gap-1 rounded-card py-1.5 text-center text-xs leading-tight text-soft no-underline hover:bg-sunken hover:text-ink'
