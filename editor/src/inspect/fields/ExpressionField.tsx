import { Maximize2 } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { IconButton } from '../../ui/index.ts'
import { ExpressionDialog } from '../expression/ExpressionDialog.tsx'
import { tokens } from '../expression/highlight.ts'
import { usePreview } from '../expression/use-preview.ts'
import { Area } from './Area.tsx'
import styles from './Fields.module.css'
import { PreviewLine } from './PreviewLine.tsx'

/** One expression: coloured, completed from the sample, with its result below while it is worked on; and a larger editor one click away. */
export function ExpressionField({
  id,
  label,
  source,
  onChange,
  isDisabled,
  wants,
  placeholder,
}: {
  readonly id: string
  readonly label: string
  readonly source: string
  readonly onChange: (source: string) => void
  readonly isDisabled: boolean
  /** What the field needs, for “fits: number ✓”. */
  readonly wants?: string | undefined
  readonly placeholder?: string
}) {
  const t = useT()
  const [hasFocus, setFocus] = useState(false)
  const [isOpen, setOpen] = useState(false)
  const result = usePreview('expression', source, true)
  return (
    <div className={styles.expression}>
      <Area
        id={id}
        value={source}
        onChange={onChange}
        tokens={tokens}
        isCode
        isDisabled={isDisabled}
        placeholder={placeholder ?? t('inspect.expression.placeholder')}
        insertAs={(path) => path}
        completes="all"
        onFocusChange={setFocus}
      />
      {!isDisabled && (
        <IconButton
          className={styles.expand}
          size="small"
          label={t('inspect.expression.open')}
          icon={<Maximize2 size={13} aria-hidden="true" />}
          onPress={() => setOpen(true)}
        />
      )}
      {source.trim() !== '' && (hasFocus || result?.ok === true) && <PreviewLine preview={result} wants={wants} />}
      {isOpen && <ExpressionDialog title={label} source={source} onChange={onChange} onClose={() => setOpen(false)} wants={wants} />}
    </div>
  )
}
