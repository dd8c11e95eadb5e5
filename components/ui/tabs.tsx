'use client'

import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/**
 * Tabs. All panels stay mounted, so that a panel keeps its text and scroll position while another is shown.
 */
export function Tabs({
  tabs,
  label,
  className,
}: {
  tabs: { value: string; label: string; panel: ReactNode }[]
  label: string
  className?: string
}) {
  return (
    <Base.Root defaultValue={tabs[0]?.value} className={classNames(className)}>
      <Base.List aria-label={label} className="flex flex-wrap gap-x-7 border-b border-line">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="press -mb-px min-h-12 border-b-2 border-transparent text-sm font-medium text-faint hover:text-ink data-active:border-accent data-active:text-ink"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel
          key={tab.value}
          value={tab.value}
          keepMounted
          // Focus moves to the contents of the panel; the panel itself is not interactive.
          tabIndex={-1}
          data-quiet-focus
          className="pt-5 outline-none"
        >
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
