import { useFormat, useLanguageStore, useSay, useT } from '../../app/i18n/index.ts'
import { durationWords } from '../../app/i18n/iso-duration.ts'
import { type FieldPair, isTable } from '../../diff/changes.ts'
import { wordDiff } from '../../diff/words.ts'
import styles from './FlowDiff.module.css'
import { fieldTitle, isDuration } from './field-title.ts'
import { RowsDiff } from './RowsDiff.tsx'

/** One field, old → new: texts by word, tables by row, everything else as two values. */
export function FieldDiff({ field, type }: { readonly field: FieldPair; readonly type: string | null }) {
  const t = useT()
  const say = useSay()
  const format = useFormat()
  const { path } = field
  // A length of time is told as one: its number and its unit say little apart.
  const isTime = isDuration(path, type)
  const read = (value: unknown) => (typeof value === 'string' && isTime ? durationWords(value, format) : value)
  const [before, after] = [read(field.before), read(field.after)]
  return (
    <div className={styles.field} data-field={path}>
      <h4>{fieldTitle(path, type, t, say)}</h4>
      {isTable(before) && isTable(after) ? (
        <RowsDiff before={before} after={after} />
      ) : typeof before === 'string' && typeof after === 'string' && !isTime ? (
        <Words before={before} after={after} />
      ) : (
        <p className={styles.values}>
          <del>{shown(before) ?? t('diff.empty')}</del>
          <span aria-hidden="true"> → </span>
          <ins>{shown(after) ?? t('diff.empty')}</ins>
        </p>
      )}
    </div>
  )
}

function Words({ before, after }: { readonly before: string; readonly after: string }) {
  const language = useLanguageStore((state) => state.language)
  let at = 0
  return (
    <p className={styles.text}>
      {wordDiff(before, after, language).map(({ text, mark }) => {
        at += text.length + 1
        if (mark === 'added') return <ins key={at}>{text}</ins>
        if (mark === 'removed') return <del key={at}>{text}</del>
        return <span key={at}>{text}</span>
      })}
    </p>
  )
}

/** A value as text; null where there is none. */
function shown(value: unknown): string | null {
  if (value === undefined || value === '') return null
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1)
}
