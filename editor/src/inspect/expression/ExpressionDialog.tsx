import { CircleAlert, TriangleAlert } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { useLanguageStore, useSay, useT } from '../../app/i18n/index.ts'
import { Button, Dialog } from '../../ui/index.ts'
import { SampleBar } from '../data/DataPane.tsx'
import { DataTree, Shown } from '../data/DataTree.tsx'
import { documentOf } from '../data/document.ts'
import { useScope } from '../data/scope-context.ts'
import { typeOf } from '../data/type-of.ts'
import { Area } from '../fields/Area.tsx'
import { PreviewLine } from '../fields/PreviewLine.tsx'
import { fromExpression } from '../rules/from-expression.ts'
import { sentence } from '../rules/sentence.ts'
import styles from './ExpressionDialog.module.css'
import { formatExpression } from './format-expression.ts'
import { functions } from './functions.ts'
import { tokens } from './highlight.ts'
import { LargeEditor } from './LargeEditor.tsx'
import { SampleResults } from './SampleResults.tsx'
import { useFound } from './use-found.ts'
import { usePreview } from './use-preview.ts'

const noData = {}

export interface EditorHandle {
  insert(text: string): void
}

/** Data on the left, the expression in the middle, what comes out on the right (EDITOR.md §7.5). */
export function ExpressionDialog({
  field,
  title,
  source,
  onChange,
  onClose,
  wants,
}: {
  /** Name of the field it stands for: whoever is in here is in that field. */
  readonly field: string | undefined
  readonly title: string
  readonly source: string
  readonly onChange: (source: string) => void
  readonly onClose: () => void
  readonly wants?: string | undefined
}) {
  const t = useT()
  const say = useSay()
  const { scope, seen, step } = useScope()
  const result = usePreview('expression', source, true)
  const found = useFound(step, field, source)
  const failure = result?.ok === false ? result : null
  const marks = useMemo(
    () => [
      // The evaluator notes where the word ends that it stopped at.
      ...(failure === null
        ? []
        : [{ message: say(failure.message), at: failure.position === null ? null : Math.max(0, failure.position - 1), isError: true }]),
      ...found.map(({ message, at, isError }) => ({ message: say(message), at, isError })),
    ],
    [failure, found, say],
  )
  const area = useRef<HTMLTextAreaElement>(null)
  const handle = useRef<EditorHandle | null>(null)
  const insert = (text: string) => {
    if (handle.current !== null) {
      handle.current.insert(text)
      return
    }
    const at = area.current?.selectionStart ?? source.length
    onChange(source.slice(0, at) + text + source.slice(at))
    area.current?.focus()
  }
  const language = useLanguageStore((state) => (state.language === 'zh-CN' ? 'zh-CN' : 'en'))
  const rule = fromExpression(source)
  // The large editor keeps its own text: what is written from outside opens it anew.
  const [written, setWritten] = useState(0)
  const write = (text: string) => {
    onChange(text)
    setWritten((count) => count + 1)
  }
  const document = scope === null ? null : documentOf(scope)
  const plain = (
    <Area
      id="expression-editor"
      inputRef={area}
      value={source}
      onChange={onChange}
      tokens={tokens}
      isCode
      insertAs={(path) => path}
      completes="all"
      autoFocus
    />
  )
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('inspect.expression.title', { field: title })}
      size="large"
      actions={
        <Button tone="primary" onPress={onClose}>
          {t('inspect.expression.done')}
        </Button>
      }
    >
      <div className={styles.columns} data-testid="expression-dialog" data-field={field}>
        <section className={styles.column} aria-label={t('inspect.expression.data')}>
          <h4 className={styles.heading}>{t('inspect.expression.data')}</h4>
          {document !== null && <SampleBar />}
          {document === null ? (
            <p className={styles.quiet}>{t('inspect.data.none')}</p>
          ) : (
            <DataTree
              value={{ event: document.event, input: document.input, nodes: document.nodes, now: document.now }}
              root={[]}
              onPick={insert}
              opened={3}
            />
          )}
        </section>
        <section className={styles.column} aria-label={t('inspect.expression.editor')}>
          <h4 className={styles.heading}>{t('inspect.expression.editor')}</h4>
          <LargeEditor
            key={written}
            plain={plain}
            value={source}
            onChange={onChange}
            document={document ?? noData}
            seen={seen}
            handle={handle}
            label={title}
            marks={marks}
          />
          <PreviewLine preview={failure} wants={wants} source={source} onFix={write} />
          <ul className={styles.found} aria-live="polite" data-testid="expression-found">
            {marks.slice(failure === null ? 0 : 1).map(({ message, isError }) => (
              <li key={message} className={isError ? styles.foundError : styles.foundWarning}>
                {isError ? <CircleAlert size={12} aria-hidden="true" /> : <TriangleAlert size={12} aria-hidden="true" />}
                {message}
              </li>
            ))}
          </ul>
          <div className={styles.tools}>
            <Button size="small" isDisabled={source.trim() === ''} onPress={() => write(formatExpression(source))}>
              {t('inspect.expression.format')}
            </Button>
            {rule !== null && rule.rules.length > 0 && (
              <p className={styles.quiet} data-testid="explanation">
                {sentence(rule, language)}
              </p>
            )}
          </div>
          <details className={styles.help}>
            <summary>{t('inspect.expression.functions')}</summary>
            <ul>
              {functions.map((each) => (
                <li key={each.name} className={styles.function}>
                  <button
                    type="button"
                    className={styles.example}
                    onClick={() => insert(each.example)}
                    title={t('inspect.expression.insert-example')}
                  >
                    {each.signature}
                  </button>
                  <span className={styles.quiet}>{say(each.says)}</span>
                </li>
              ))}
            </ul>
          </details>
        </section>
        <section className={styles.column} aria-label={t('inspect.expression.result')}>
          <h4 className={styles.heading}>{t('inspect.expression.result')}</h4>
          {result?.ok === true ? (
            <>
              <PreviewLine preview={result} wants={wants} />
              {typeOf(result.value) === 'object' || typeOf(result.value) === 'array' ? (
                <DataTree value={result.value} root={['result']} opened={3} />
              ) : (
                <p className={styles.value}>
                  <Shown value={result.value} />
                </p>
              )}
            </>
          ) : (
            <p className={styles.quiet}>{t('inspect.expression.no-result')}</p>
          )}
          <SampleResults source={source} />
        </section>
      </div>
    </Dialog>
  )
}
