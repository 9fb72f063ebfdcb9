import type { ReactNode } from 'react'
import { Tabs as AriaTabs, type Key, Tab, TabList, TabPanel } from 'react-aria-components'
import { cx } from './cx.ts'
import styles from './Tabs.module.css'

export interface TabItem {
  readonly id: string
  readonly title: ReactNode
  /** Small number beside the title. */
  readonly count?: number | undefined
  readonly content: ReactNode
}

export interface TabsProps {
  readonly label: string
  readonly items: readonly TabItem[]
  readonly selected?: string
  readonly onSelect?: (id: string) => void
  readonly className?: string | undefined
  readonly panelClassName?: string | undefined
}

export function Tabs({ label, items, selected, onSelect, className, panelClassName }: TabsProps) {
  return (
    <AriaTabs
      className={cx(styles.tabs, className)}
      {...(selected !== undefined && { selectedKey: selected })}
      {...(onSelect !== undefined && { onSelectionChange: (key: Key) => onSelect(String(key)) })}
    >
      <TabList aria-label={label} className={styles.list ?? ''}>
        {items.map((item) => (
          <Tab key={item.id} id={item.id} className={styles.tab ?? ''}>
            {item.title}
            {item.count !== undefined && <span className={styles.count}>{item.count}</span>}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className={cx(styles.panel, panelClassName)}>
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
