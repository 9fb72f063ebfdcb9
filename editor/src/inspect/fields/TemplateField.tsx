import { BracesIcon } from 'lucide-react'
import { useRef, useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { Button, IconButton, isInLanguages, onDemand, Popover, PopoverTrigger } from '../../ui/index.ts'
import { DataPicker } from '../data/DataPicker.tsx'
import { templateTokens } from '../expression/highlight.ts'
import { usePreview } from '../expression/use-preview.ts'
import { Area } from './Area.tsx'
import styles from './Fields.module.css'
import { PreviewLine } from './PreviewLine.tsx'
import { asText, type WidgetProps } from './types.ts'

const BothTexts = onDemand(async () => (await import('./BothTexts.tsx')).BothTexts)

/** Text with data in it; where readers have a language, one text for all or the same in both. */
export function TemplateField(props: WidgetProps) {
  const t = useT()
  const { field, value, onChange, isDisabled } = props
  if (isInLanguages(value)) return <BothTexts {...props} value={value} />
  const text = asText(value)
  return (
    <>
      <OneText {...props} />
      {'anyOf' in field.schema && !isDisabled && (
        <div>
          <Button size="small" tone="quiet" onPress={() => onChange({ en: text, 'zh-CN': text })}>
            {t('inspect.text.both')}
          </Button>
        </div>
      )}
    </>
  )
}

/** Data comes in by drag, by the button, or typed after `{{`; below stands what a real customer would read. */
export function OneText({ field, value, onChange, id, isDisabled }: WidgetProps) {
  const t = useT()
  const text = asText(value)
  const area = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState<number | null>(null)
  const hasHole = text.includes('{{')
  const result = usePreview('template', text, hasHole)
  const insert = (path: string) => {
    const at = caret ?? text.length
    onChange(`${text.slice(0, at)}{{ ${path} }}${text.slice(at)}`)
    area.current?.focus()
  }
  return (
    <div className={styles.expression}>
      <Area
        id={id}
        inputRef={area}
        value={text}
        onChange={(next) => onChange(next === '' && !field.isRequired ? undefined : next)}
        tokens={templateTokens}
        isDisabled={isDisabled}
        insertAs={(path) => `{{ ${path} }}`}
        completes="holes"
        onFocusChange={(has) => !has && setCaret(area.current?.selectionStart ?? null)}
      />
      {!isDisabled && (
        <PopoverTrigger>
          <IconButton
            className={styles.expand}
            size="small"
            label={t('inspect.data.insert')}
            icon={<BracesIcon size={13} aria-hidden="true" />}
          />
          <Popover label={t('inspect.data.insert')} placement="bottom end">
            {(close) => (
              <DataPicker
                onPick={(path) => {
                  insert(path)
                  close()
                }}
              />
            )}
          </Popover>
        </PopoverTrigger>
      )}
      {hasHole && <PreviewLine preview={result} />}
    </div>
  )
}
