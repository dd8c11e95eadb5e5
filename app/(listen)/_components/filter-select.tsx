/** One list of a form that filters by its address. It works without JavaScript. */
export function FilterSelect({
  label,
  name,
  value,
  any,
  options,
}: {
  label: string
  name: string
  value: string | undefined
  /** What the choice of everything is called. */
  any: string
  options: readonly { slug: string; name: string }[]
}) {
  return (
    <label className="flex min-w-0 flex-col gap-1 text-xs text-faint">
      {label}
      {/* The key resets the list when the address changes. */}
      <select
        key={value}
        name={name}
        defaultValue={value ?? ''}
        className="min-h-11 w-full min-w-0 rounded-full border border-line-strong bg-raised px-3 text-sm text-ink"
      >
        <option value="">{any}</option>
        {options.map((option) => (
          <option key={option.slug} value={option.slug}>
            {option.name}
          </option>
        ))}
      </select>
    </label>
  )
}
