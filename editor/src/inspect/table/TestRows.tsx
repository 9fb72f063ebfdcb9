import type { Json } from '@sluice/flows'
import type { TestResult, TestRow } from '@sluice/nodes/core/table'
import { CircleCheck, CircleX, FlaskConical, Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { Button, IconButton } from '../../ui/index.ts'
import styles from './TestRows.module.css'
import type { Sheet } from './table-model.ts'
import { textOf, valueIn } from './table-text.ts'

/** Values with what the table must give for them; each says at once whether it holds. One that does not stops publishing. */
export function TestRows({
  sheet,
  results,
  sample,
  isDisabled,
  onChange,
}: {
  readonly sheet: Sheet
  readonly results: readonly TestResult[]
  /** What the sample shown asks the table; null when it is not known. */
  readonly sample: readonly Json[] | null
  readonly isDisabled: boolean
  readonly onChange: (sheet: Sheet) => void
}) {
  const t = useT()
  const put = (tests: readonly TestRow[]) => onChange({ ...sheet, tests })
  const set = (index: number, change: Partial<TestRow>) =>
    put(sheet.tests.map((test, at) => (at === index ? { ...test, ...change } : test)))
  const failing = results.filter(({ passes }) => !passes).length
  return (
    <section className={styles.tests} aria-label={t('table.tests')} data-testid="table-tests">
      <h5 className={styles.title}>
        <FlaskConical size={13} aria-hidden="true" />
        {t('table.tests')}
        {sheet.tests.length > 0 && (
          <span className={failing > 0 ? styles.bad : styles.good}>{t('table.tests.state', { failing, count: sheet.tests.length })}</span>
        )}
      </h5>
      {sheet.tests.length === 0 && <p className={styles.help}>{t('table.tests.help')}</p>}
      {sheet.tests.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th aria-label={t('table.tests.result')} />
                {sheet.inputs.map(({ name }) => (
                  <th key={`in ${name}`}>{name}</th>
                ))}
                {sheet.outputs.map(({ name }) => (
                  <th key={`out ${name}`}>→ {name}</th>
                ))}
                <th aria-label={t('table.tests.remove')} />
              </tr>
            </thead>
            <tbody>
              {sheet.tests.map((test, index) => {
                const result = results[index]
                const name = (column: string) => t('table.tests.cell', { column, row: index + 1 })
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: tests are told apart by their place only.
                  <tr key={index} data-passes={result?.passes}>
                    <td>
                      <span
                        className={result?.passes === true ? styles.good : styles.bad}
                        title={result === undefined || result.passes ? undefined : saidOf(result, t)}
                      >
                        {result?.passes === true ? (
                          <CircleCheck size={14} aria-label={t('table.tests.passes')} />
                        ) : (
                          <CircleX size={14} aria-label={t('table.tests.fails')} />
                        )}
                      </span>
                    </td>
                    {sheet.inputs.map(({ name: column, type }, at) => (
                      <td key={`in ${column}`}>
                        <Field
                          label={name(column)}
                          text={textOf(test.given[at])}
                          isDisabled={isDisabled}
                          onChange={(text) =>
                            set(index, {
                              given: sheet.inputs.map((_, each) => (each === at ? valueIn(text, type) : (test.given[each] ?? null))),
                            })
                          }
                        />
                      </td>
                    ))}
                    {sheet.outputs.map(({ name: column, type }, at) => (
                      <td key={`out ${column}`}>
                        <Field
                          label={name(column)}
                          text={test.expect === null ? '' : textOf(test.expect[at])}
                          placeholder={test.expect === null ? t('table.tests.none') : ''}
                          isDisabled={isDisabled}
                          onChange={(text) => {
                            const expect = sheet.outputs.map((_, each) => (each === at ? valueIn(text, type) : (test.expect?.[each] ?? '')))
                            // Nothing in any output: no row may fit.
                            set(index, { expect: expect.every((value) => value === '' || value === null) ? null : expect })
                          }}
                        />
                      </td>
                    ))}
                    <td>
                      <IconButton
                        size="small"
                        label={t('inspect.list.remove', { name: String(index + 1) })}
                        icon={<X size={12} aria-hidden="true" />}
                        isDisabled={isDisabled}
                        onPress={() => put(sheet.tests.filter((_, at) => at !== index))}
                      />
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
          {results.map((result, index) =>
            result.passes ? null : (
              // biome-ignore lint/suspicious/noArrayIndexKey: tests are told apart by their place only.
              <p key={index} className={styles.bad}>
                {t('table.tests.said', { row: index + 1, said: saidOf(result, t) })}
              </p>
            ),
          )}
        </div>
      )}
      {!isDisabled && (
        <div className={styles.actions}>
          <Button
            size="small"
            icon={<Plus size={13} aria-hidden="true" />}
            onPress={() => put([...sheet.tests, { given: sheet.inputs.map(({ type }) => valueIn('', type)), expect: null }])}
          >
            {t('table.tests.add')}
          </Button>
          {sample !== null && (
            <Button size="small" tone="quiet" onPress={() => put([...sheet.tests, { given: sample, expect: null }])}>
              {t('table.tests.from-sample')}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}

function saidOf({ gave, rows }: TestResult, t: ReturnType<typeof useT>): string {
  if (gave === null) return t('table.tests.said.none')
  return t('table.tests.said.row', { rows: rows.map((row) => row + 1).join(', '), gave: gave.map(textOf).join(', ') })
}

/** Written on leaving, so that half a number is no change. */
function Field({
  label,
  text,
  placeholder,
  isDisabled,
  onChange,
}: {
  readonly label: string
  readonly text: string
  readonly placeholder?: string
  readonly isDisabled: boolean
  readonly onChange: (text: string) => void
}) {
  const [draft, setDraft] = useState<string | null>(null)
  const leave = () => {
    if (draft !== null && draft !== text) onChange(draft)
    setDraft(null)
  }
  return (
    <input
      className={styles.input}
      aria-label={label}
      value={draft ?? text}
      placeholder={placeholder}
      disabled={isDisabled}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={leave}
      // Enter of an input method ends its word, not the field.
      onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && event.keyCode !== 229 && leave()}
    />
  )
}
