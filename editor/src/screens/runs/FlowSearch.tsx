import { useState } from 'react'
import { useSay, useT } from '../../app/i18n/index.ts'
import { useFlowFinder } from '../../app/names/use-flow-finder.ts'
import { ComboBox } from '../../ui/index.ts'
import styles from './RunsScreen.module.css'

/** The filter by flow where there are too many for a list. */
export function FlowSearch({ value, onChange }: { readonly value: string | null; readonly onChange: (flow: string | undefined) => void }) {
  const t = useT()
  const say = useSay()
  const [typed, setTyped] = useState(value ?? '')
  const { flows } = useFlowFinder(typed)
  const options = flows.map((flow) => ({ value: flow.key, label: say(flow.name) || flow.key, help: flow.key }))
  return (
    <ComboBox
      aria-label={t('runs.flow')}
      className={styles.flowSearch ?? ''}
      placeholder={t('runs.flow.any')}
      options={options}
      value={value}
      inputValue={options.find((option) => option.value === typed)?.label ?? typed}
      onInputChange={(text) => {
        setTyped(text)
        if (text === '' && value !== null) onChange(undefined)
      }}
      onChange={(key) => {
        if (key === null) return
        setTyped(options.find((option) => option.value === key)?.label ?? key)
        onChange(key)
      }}
    />
  )
}
