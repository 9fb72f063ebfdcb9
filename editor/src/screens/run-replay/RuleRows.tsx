import type { Scope } from '@sluice/engine/expression'
import type { Json, JsonObject } from '@sluice/flows'
import { Check, X } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useLanguageStore, useT } from '../../app/i18n/index.ts'
import { preview } from '../../inspect/expression/preview.ts'
import { sourceOf } from '../../inspect/modes.ts'
import { fromExpression } from '../../inspect/rules/from-expression.ts'
import { type RuleRow, rowsIn } from '../../inspect/rules/rule.ts'
import { pathWords, sentence } from '../../inspect/rules/sentence.ts'
import { rowText } from '../../inspect/rules/to-expression.ts'
import { cx, isMasked, ValueView } from '../../ui/index.ts'
import { decidedBy } from './decided-by.ts'
import type { Moment } from './moment.ts'
import styles from './Reason.module.css'
import { seenBy } from './seen-by.ts'

/** The conditions of a branch or of a switch up to the one that decided: each as a sentence, with what stood there. */
export function RuleRows({ moment, why }: { readonly moment: Moment; readonly why: JsonObject }) {
  const t = useT()
  const decided = decidedBy(moment, why)
  if (decided === null) return null
  return (
    <div data-testid="why-rules">
      {decided.map(({ name, when, holds }) => (
        <div key={name ?? ''} className={styles.rule}>
          <p className={holds ? styles.holds : styles.fails}>
            {name !== null && <b>{name} · </b>}
            {t(holds ? 'replay.why.holds' : 'replay.why.holds-not')}
          </p>
          <RuleLine source={sourceOf(when)} moment={moment} />
        </div>
      ))}
    </div>
  )
}

function RuleLine({ source, moment }: { readonly source: string; readonly moment: Moment }) {
  const language = useLanguageStore((state) => state.language)
  const rule = useMemo(() => fromExpression(source), [source])
  const rows = useMemo(() => (rule === null ? [] : rowsIn(rule)), [rule])
  const found = useFound(rows, moment)
  if (rule === null) return <code className={styles.source}>{source}</code>
  return (
    <>
      <p className={styles.sentence}>{sentence(rule, language === 'zh-CN' ? language : 'en')}</p>
      <ul className={styles.rows}>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules are told apart by their place only.
          <Row key={index} row={row} found={found[index] ?? null} />
        ))}
      </ul>
    </>
  )
}

function Row({ row, found }: { readonly row: RuleRow; readonly found: Found | null }) {
  const t = useT()
  if (found === null) return null
  const { holds, actual } = found
  return (
    <li className={styles.row} data-holds={holds ?? undefined}>
      <span className={cx(styles.mark, holds === true && styles.holds, holds === false && styles.fails)}>
        {holds === true && <Check size={14} aria-label={t('replay.why.row-holds')} />}
        {holds === false && <X size={14} aria-label={t('replay.why.row-fails')} />}
      </span>
      <span className={styles.name}>{pathWords(row.path)}</span>
      <ValueView value={actual} />
    </li>
  )
}

interface Found {
  /** Null: what stood there is hidden, so it is not known again. */
  readonly holds: boolean | null
  readonly actual: Json | undefined
}

/** What stood where each row looks, computed again from the journal in a worker. */
function useFound(rows: readonly RuleRow[], moment: Moment): readonly (Found | null)[] {
  const [found, setFound] = useState<readonly (Found | null)[]>([])
  const scope = useMemo(() => seenBy(moment), [moment])
  const key = JSON.stringify([rows, scope])
  useEffect(() => {
    let isHere = true
    const [asked, seen] = JSON.parse(key) as readonly [readonly RuleRow[], Scope]
    void Promise.all(asked.map((row) => look(row, seen))).then((all) => isHere && setFound(all))
    return () => {
      isHere = false
    }
  }, [key])
  return found
}

async function look(row: RuleRow, scope: Scope): Promise<Found | null> {
  // What a step remembers between its rounds is in no entry.
  if (row.path === '' || /^(vars|now)\b/.test(row.path)) return null
  const [holds, actual] = await Promise.all([preview('expression', rowText(row), scope), preview('expression', row.path, scope)])
  if (!actual.ok) return null
  return { holds: isMasked(actual.value) || !holds.ok ? null : holds.value === true, actual: actual.value }
}
