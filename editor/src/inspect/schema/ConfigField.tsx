import { FunctionSquare, TextCursorInput, Variable } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useSay, useT } from '../../app/i18n/index.ts'
import { ConditionField, ExpressionField } from '../fields/ExpressionField.tsx'
import styles from '../fields/Fields.module.css'
import { FixedWidget } from '../fields/FixedWidget.tsx'
import { PickedField } from '../fields/PickedField.tsx'
import { type Mode, mark, modeMemory, modeOf, sourceOf } from '../modes.ts'
import type { FormField } from './read-schema.ts'

const DecisionTable = lazy(async () => ({ default: (await import('../table/DecisionTable.tsx')).DecisionTable }))

export interface ConfigFieldProps {
  readonly step: string
  readonly field: FormField
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly siblings: Readonly<Record<string, unknown>>
  readonly isDisabled: boolean
  /** False where the value must be known before anything runs: triggers and joins. */
  readonly allowsModes: boolean
  readonly errors: readonly { readonly code: string; readonly text: string }[]
  /** Focus asked for from a problem, anew with each that asks. */
  readonly wantsFocus: { readonly path: string } | null
}

const modes: readonly Mode[] = ['fixed', 'picked', 'expression']
const modeIcons = { fixed: TextCursorInput, picked: Variable, expression: FunctionSquare }

/** One field of a step's form in one of its three modes; switching keeps what the others held. */
export function ConfigField(props: ConfigFieldProps) {
  const { step, field, value, onChange, isDisabled } = props
  const t = useT()
  const say = useSay()
  const host = useRef<HTMLDivElement>(null)
  const id = `config-${step}-${field.name}`
  const always = field.widget === 'expression'
  const chosen = useChosenMode(`${step}/${field.name}`, value)
  const isTable = field.widget === 'table'
  const mode: Mode = always ? 'expression' : isTable ? 'fixed' : props.allowsModes && !field.isDeferred ? chosen.mode : 'fixed'
  const title = say(field.title)
  // The words of the picker help nobody who has to write what it would have written.
  const isWritten = field.widget === 'duration' && mode !== 'fixed'
  const help = isWritten ? t('inspect.duration.written') : field.help === null ? null : say(field.help)
  const Expression = field.isCondition ? ConditionField : ExpressionField
  const wants = typeof field.schema.type === 'string' ? field.schema.type : undefined

  useEffect(() => {
    if (props.wantsFocus === null) return
    host.current?.scrollIntoView({ block: 'center' })
    host.current?.querySelector<HTMLElement>('input,textarea,button:not([role=radio]),select')?.focus()
  }, [props.wantsFocus])

  return (
    <div ref={host} className={styles.field} data-field={field.name} data-mode={mode}>
      <div className={styles.head}>
        <label className={styles.label} htmlFor={id}>
          {title}
          {field.isRequired && (
            <span className={styles.required} title={t('app.required')}>
              *
            </span>
          )}
        </label>
        {!always && !isTable && props.allowsModes && !field.isDeferred && !isDisabled && (
          <div role="radiogroup" aria-label={t('inspect.mode.of', { field: title })} className={styles.modes}>
            {modes.map((each) => {
              const Icon = modeIcons[each]
              return (
                // biome-ignore lint/a11y/useSemanticElements: see the group.
                <button
                  key={each}
                  type="button"
                  role="radio"
                  aria-checked={mode === each}
                  aria-label={t(`inspect.mode.${each}`)}
                  title={t(`inspect.mode.${each}`)}
                  className={styles.mode}
                  data-mode-choice={each}
                  onClick={() => each !== mode && onChange(chosen.switchTo(each))}
                >
                  <Icon size={13} aria-hidden="true" />
                </button>
              )
            })}
          </div>
        )}
      </div>
      {mode === 'expression' ? (
        <Expression
          id={id}
          label={title}
          source={sourceOf(value)}
          isDisabled={isDisabled}
          onChange={(source) => {
            chosen.stay('expression')
            onChange(source === '' && !field.isRequired ? undefined : always ? source : mark(source))
          }}
          wants={always ? undefined : wants}
          {...(!field.isCondition && { placeholder: 'input.amount' })}
        />
      ) : mode === 'picked' ? (
        <PickedField
          id={id}
          source={modeOf(value) === 'picked' ? sourceOf(value) : ''}
          isDisabled={isDisabled}
          onChange={(path) => onChange(path === '' ? undefined : mark(path))}
          wants={wants}
        />
      ) : isTable ? (
        <Suspense>
          <DecisionTable step={step} config={props.siblings} isDisabled={isDisabled} wantsFocus={props.wantsFocus} />
        </Suspense>
      ) : (
        <FixedWidget field={field} value={value} onChange={onChange} id={id} isDisabled={isDisabled} siblings={props.siblings} />
      )}
      {help !== null && !isTable && <p className={styles.help}>{help}</p>}
      {props.errors.map(({ code, text }) => (
        <p key={text} className={styles.error} data-code={code}>
          {text}
        </p>
      ))}
    </div>
  )
}

/** The mode follows the value; right after a switch, before anything was picked or written, it is what the person chose. */
function useChosenMode(
  key: string,
  value: unknown,
): {
  readonly mode: Mode
  switchTo(mode: Mode): unknown
  /** What is written stays in this mode, also while it reads like another. */
  stay(mode: Mode): void
} {
  const [wish, setWish] = useState<{ readonly key: string; readonly mode: Mode } | null>(null)
  const actual = modeOf(value)
  const isEmpty = value === undefined || sourceOf(value) === ''
  const wished = wish?.key === key ? wish.mode : null
  // An expression that happens to be a path stays an expression while it is being typed.
  const mode = wished !== null && (isEmpty || (wished === 'expression' && actual === 'picked')) ? wished : actual
  return {
    mode,
    stay: (kept) => setWish({ key, mode: kept }),
    switchTo(next) {
      setWish({ key, mode: next })
      return modeMemory.change(key, value, next)
    },
  }
}
