import { Maximize2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { Badge, IconButton, Segments } from '../../ui/index.ts'
import { ExpressionDialog } from '../expression/ExpressionDialog.tsx'
import { tokens } from '../expression/highlight.ts'
import { fetchEditor, foreseeEditor, useWarmEditor } from '../expression/large-editor.ts'
import { usePreview } from '../expression/use-preview.ts'
import { fromExpression } from '../rules/from-expression.ts'
import { Area } from './Area.tsx'
import styles from './Fields.module.css'
import { PreviewLine } from './PreviewLine.tsx'

const RuleBuilder = lazy(async () => ({ default: (await import('../rules/RuleBuilder.tsx')).RuleBuilder }))

interface ExpressionFieldProps {
  readonly id: string
  readonly label: string
  readonly source: string
  readonly onChange: (source: string) => void
  readonly isDisabled: boolean
  /** What the field needs, for “fits: number ✓”. */
  readonly wants?: string | undefined
  readonly placeholder?: string
}

/** A yes or no: as a rule where it is one, as text where it says more; what is stored is the expression either way (EDITOR.md §7.3). */
export function ConditionField(props: ExpressionFieldProps) {
  const t = useT()
  const isRule = fromExpression(props.source) !== null
  const [wish, setWish] = useState<'rule' | 'text'>('rule')
  const view = isRule ? wish : 'text'
  return (
    <div className={styles.stack} data-condition={view}>
      <div className={styles.cardHead}>
        {isRule ? (
          <Segments
            label={t('rule.view')}
            value={view}
            options={(['rule', 'text'] as const).map((value) => ({ value, label: t(`rule.view.${value}`) }))}
            onChange={setWish}
          />
        ) : (
          <>
            <Badge tone="neutral">{t('rule.advanced')}</Badge>
            <span className={styles.help}>{t('rule.advanced.help')}</span>
          </>
        )}
      </div>
      {view === 'rule' ? (
        <Suspense>
          <RuleBuilder id={props.id} source={props.source} isDisabled={props.isDisabled} onChange={props.onChange} />
        </Suspense>
      ) : (
        <ExpressionField {...props} />
      )}
    </div>
  )
}

/** One expression: coloured, completed from the sample, with its result below while it is worked on; and a larger editor one click away. */
export function ExpressionField({ id, label, source, onChange, isDisabled, wants, placeholder }: ExpressionFieldProps) {
  const t = useT()
  const [hasFocus, setFocus] = useState(false)
  const [isOpen, setOpen] = useState(false)
  const open = () => {
    fetchEditor()
    setOpen(true)
  }
  const fieldName = () => document.getElementById(id)?.closest<HTMLElement>('[data-field]')?.dataset.field
  const result = usePreview('expression', source, true)
  useWarmEditor(!isDisabled)
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
        onEnlarge={isDisabled ? undefined : open}
      />
      {!isDisabled && (
        <IconButton
          className={styles.expand}
          size="small"
          label={t('inspect.expression.open')}
          icon={<Maximize2 size={13} aria-hidden="true" />}
          keys="Enter"
          onHoverStart={foreseeEditor}
          onFocus={foreseeEditor}
          onPressStart={fetchEditor}
          onPress={open}
        />
      )}
      {source.trim() !== '' && (hasFocus || result?.ok === true) && (
        <PreviewLine preview={result} wants={wants} source={source} onFix={isDisabled ? undefined : onChange} />
      )}
      {isOpen && (
        <ExpressionDialog
          field={fieldName()}
          title={label}
          source={source}
          onChange={onChange}
          onClose={() => setOpen(false)}
          wants={wants}
        />
      )}
    </div>
  )
}
