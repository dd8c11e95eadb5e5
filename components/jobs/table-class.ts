/** The style of every table here, for all its cells. */
export const tableClass =
  'w-full border-separate border-spacing-0 text-sm ' +
  '[&_th]:sticky [&_th]:top-0 [&_th]:z-10 [&_th]:border-b [&_th]:border-line [&_th]:bg-paper [&_th]:py-2.5 ' +
  '[&_th]:pr-5 [&_th]:text-left [&_th]:text-xs [&_th]:font-medium [&_th]:text-faint ' +
  '[&_td]:border-b [&_td]:border-line [&_td]:py-3 [&_td]:pr-5 [&_td]:align-top'
