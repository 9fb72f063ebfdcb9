import { Check, CircleAlert } from 'lucide-react'
import { useSay, useT } from '../../app/i18n/index.ts'
import { Button, isMasked, MaskedValue } from '../../ui/index.ts'
import { typeOf } from '../data/type-of.ts'
import type { Preview } from '../expression/evaluate.ts'
import { fixOf } from '../expression/fix.ts'
import styles from './Fields.module.css'

/** What comes out on the sample, and whether the field can use it. */
export function PreviewLine({
  preview,
  wants,
  source,
  onFix,
}: {
  readonly preview: Preview | null
  readonly wants?: string | undefined
  /** What was evaluated, and how to write something else in its place: a common mistake is mended by a button. */
  readonly source?: string
  readonly onFix?: ((source: string) => void) | undefined
}) {
  const t = useT()
  const say = useSay()
  if (preview === null) return null
  if (!preview.ok) {
    const fix = source === undefined || onFix === undefined ? null : fixOf(source)
    return (
      <p className={styles.previewBad} data-testid="preview" data-ok="false">
        <CircleAlert size={12} aria-hidden="true" />
        {say(preview.message)}
        {preview.position !== null && ` · ${t('inspect.expression.position', { position: preview.position })}`}
        {fix !== null && (
          <Button size="small" onPress={() => onFix?.(fix.source)} data-testid="expression-fix">
            {t(fix.kind === 'add' ? 'inspect.expression.fix.add' : 'inspect.expression.fix.replace', { from: fix.from, to: fix.to })}
          </Button>
        )}
      </p>
    )
  }
  const type = typeOf(preview.value)
  const fits = wants === undefined || wants === type || (wants === 'number' && type === 'integer')
  return (
    <p className={styles.preview} data-testid="preview" data-ok="true">
      <span aria-hidden="true">=</span>
      {isMasked(preview.value) ? (
        <>
          <span aria-hidden="true">•••</span>
          <MaskedValue reason={preview.value.$masked} isShort />
        </>
      ) : (
        <span className={styles.previewValue}>{short(preview.value)}</span>
      )}
      <span className={fits ? styles.fits : styles.fitsNot}>
        {t(`inspect.type.${type}`)}
        {fits && wants !== undefined && <Check size={11} aria-hidden="true" />}
      </span>
    </p>
  )
}

function short(value: unknown): string {
  if (value === undefined) return '∅'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 160 ? `${text.slice(0, 159)}…` : text
}
