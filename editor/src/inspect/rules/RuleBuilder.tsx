import { Check, FolderPlus, Plus, Variable, X } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import { useLanguageStore, useT } from '../../app/i18n/index.ts'
import { Button, cx, IconButton, isMasked, MaskedValue, Popover, PopoverTrigger, Select } from '../../ui/index.ts'
import { DataPicker } from '../data/DataPicker.tsx'
import { typeOf } from '../data/type-of.ts'
import { pathType } from '../fields/Area.tsx'
import { fromExpression } from './from-expression.ts'
import styles from './RuleBuilder.module.css'
import { readList, readValue, writeValue } from './read-value.ts'
import {
  depthMax,
  emptyRow,
  isComplete,
  type Operand,
  type Operator,
  operatorsFor,
  placesIn,
  type Rule,
  type RuleGroup,
  type RuleRow,
  rowsIn,
  rowsMax,
  withOperator,
} from './rule.ts'
import { pathWords, sentence } from './sentence.ts'
import { toExpression } from './to-expression.ts'
import { type Answer, useAnswers, useMatches } from './use-answers.ts'

/** A condition put together row by row; the expression is written along (EDITOR.md §7.3). */
export function RuleBuilder({
  id,
  source,
  isDisabled,
  onChange,
}: {
  readonly id: string
  readonly source: string
  readonly isDisabled: boolean
  readonly onChange: (source: string) => void
}) {
  const t = useT()
  const language = useLanguageStore((state) => state.language)
  const [kept, setKept] = useState<{ readonly source: string; readonly rule: RuleGroup }>(() => read(source))
  // Undo, another person or the text editor changed it; rows that are not filled in yet live here only.
  const here = kept.source === source ? kept : read(source)
  if (here !== kept) setKept(here)
  const { rule } = here
  const rows = rowsIn(rule)
  const answers = useAnswers(rows)
  const matches = useMatches(source)
  const change = (next: Rule) => {
    const root: RuleGroup = next.kind === 'group' ? next : { kind: 'group', match: 'all', rules: [next] }
    const isEmpty = root.rules.length === 0 && root.match === 'all'
    const text = isComplete(root) ? (isEmpty ? '' : toExpression(root)) : source
    setKept({ source: text, rule: root })
    if (text !== source) onChange(text)
  }
  return (
    <div className={styles.builder} data-testid="rule-builder" id={id}>
      <Group rule={rule} depth={1} isDisabled={isDisabled} canAdd={rows.length < rowsMax} answers={answers} first={0} onChange={change} />
      {rows.length > 0 && (
        <p className={styles.sentence} data-testid="rule-sentence">
          {sentence(rule, language === 'zh-CN' ? 'zh-CN' : 'en')}
        </p>
      )}
      {matches !== null && rows.length > 0 && (
        <p className={styles.matches} data-testid="rule-matches">
          {t('rule.matches', { matched: matches.matched, count: matches.count })}
        </p>
      )}
    </div>
  )
}

function read(source: string): { readonly source: string; readonly rule: RuleGroup } {
  return { source, rule: fromExpression(source) ?? { kind: 'group', match: 'all', rules: [] } }
}

interface Place {
  readonly isDisabled: boolean
  readonly canAdd: boolean
  readonly answers: readonly (Answer | null)[]
  /** Where the first of its rows stands among all of them: there is its answer. */
  readonly first: number
}

function Group({
  rule,
  depth,
  onChange,
  onRemove,
  ...place
}: Place & {
  readonly rule: RuleGroup
  readonly depth: number
  readonly onChange: (rule: RuleGroup) => void
  readonly onRemove?: () => void
}) {
  const t = useT()
  const { isDisabled, canAdd } = place
  const host = useRef<HTMLFieldSetElement>(null)
  const put = (index: number, next: Rule | null) => {
    onChange({ ...rule, rules: rule.rules.flatMap((each, at) => (at === index ? (next === null ? [] : [next]) : [each])) })
    if (next === null)
      afterwards(() => host.current?.contains(document.activeElement) !== true && last(host, '[data-rule-actions] button')?.focus())
  }
  const add = (next: Rule) => {
    onChange({ ...rule, rules: [...rule.rules, next] })
    // What comes next is to say what the new row is about.
    afterwards(() => last(host, '[data-rule-row]')?.querySelector<HTMLElement>('button')?.focus())
  }
  return (
    <fieldset ref={host} className={cx(styles.group, styles[rule.match])} data-depth={depth} data-match={rule.match}>
      {(rule.rules.length > 1 || depth > 1 || rule.match !== 'all') && (
        <div className={styles.groupHead}>
          <Select
            isCompact
            aria-label={t('rule.match')}
            isDisabled={isDisabled}
            value={rule.match}
            options={(['all', 'any', 'none'] as const).map((value) => ({ value, label: t(`rule.match.${value}`) }))}
            onChange={(match) => onChange({ ...rule, match })}
          />
          {onRemove !== undefined && !isDisabled && (
            <IconButton size="small" label={t('rule.group.remove')} icon={<X size={13} aria-hidden="true" />} onPress={onRemove} />
          )}
        </div>
      )}
      {placesIn(rule, place.first).map(([each, first], index) =>
        each.kind === 'group' ? (
          <Group
            // biome-ignore lint/suspicious/noArrayIndexKey: rules are told apart by their place only.
            key={index}
            {...place}
            first={first}
            rule={each}
            depth={depth + 1}
            onChange={(next) => put(index, next)}
            onRemove={() => put(index, null)}
          />
        ) : (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: rules are told apart by their place only.
            key={index}
            row={each}
            answer={place.answers[first] ?? null}
            isDisabled={isDisabled}
            onChange={(next) => put(index, next)}
            onRemove={() => put(index, null)}
          />
        ),
      )}
      {!isDisabled && (
        <div className={styles.actions} data-rule-actions="">
          <Button size="small" tone="quiet" icon={<Plus size={13} aria-hidden="true" />} isDisabled={!canAdd} onPress={() => add(emptyRow)}>
            {t('rule.add')}
          </Button>
          {depth < depthMax && (
            <Button
              size="small"
              tone="quiet"
              icon={<FolderPlus size={13} aria-hidden="true" />}
              isDisabled={!canAdd}
              onPress={() => add({ kind: 'group', match: rule.match === 'any' ? 'all' : 'any', rules: [emptyRow] })}
            >
              {t('rule.group.add')}
            </Button>
          )}
        </div>
      )}
    </fieldset>
  )
}

/** Once it is drawn: focus is never lost, neither by a row that is gone nor for one that is new. */
function afterwards(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act))
}

function last(host: RefObject<HTMLElement | null>, kind: string): HTMLElement | undefined {
  return [...(host.current?.querySelectorAll<HTMLElement>(kind) ?? [])].at(-1)
}

function Row({
  row,
  answer,
  isDisabled,
  onChange,
  onRemove,
}: {
  readonly row: RuleRow
  readonly answer: Answer | null
  readonly isDisabled: boolean
  readonly onChange: (row: RuleRow) => void
  readonly onRemove: () => void
}) {
  const t = useT()
  const type = answer === null ? 'unknown' : typeOf(answer.actual)
  const offered = operatorsFor(type)
  const operators: readonly Operator[] = offered.includes(row.operator) ? offered : [row.operator, ...offered]
  const pick = (path: string, value: unknown) => {
    const known = operatorsFor(typeOf(value))
    const next = { ...row, path }
    onChange(known.includes(row.operator) ? next : withOperator(next, known[0] ?? 'is'))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop data; the button inside does the same by key.
    <div
      className={styles.row}
      data-rule-row=""
      onDragOver={(event) => event.dataTransfer.types.includes(pathType) && event.preventDefault()}
      onDrop={(event) => {
        const path = event.dataTransfer.getData(pathType)
        if (path === '' || isDisabled) return
        event.preventDefault()
        event.stopPropagation()
        onChange({ ...row, path })
      }}
    >
      <PathChip path={row.path} isDisabled={isDisabled} label={t('rule.data')} onPick={pick} />
      <Select
        isCompact
        className={styles.operator}
        aria-label={t('rule.operator')}
        isDisabled={isDisabled}
        value={row.operator}
        options={operators.map((value) => ({ value, label: t(`rule.op.${value}`) }))}
        onChange={(operator) => onChange(withOperator(row, operator))}
      />
      <OperandFields value={row.value} type={type} isDisabled={isDisabled} onChange={(value) => onChange({ ...row, value })} />
      {!isDisabled && <IconButton size="small" label={t('rule.remove')} icon={<X size={13} aria-hidden="true" />} onPress={onRemove} />}
      {answer !== null && (
        <span className={cx(styles.answer, answer.holds ? styles.holds : styles.fails)} data-holds={answer.holds}>
          {answer.holds ? <Check size={12} aria-label={t('rule.holds')} /> : <X size={12} aria-label={t('rule.fails')} />}
          {isMasked(answer.actual) ? <MaskedValue reason={answer.actual.$masked} isShort /> : short(answer.actual)}
        </span>
      )}
    </div>
  )
}

function PathChip({
  path,
  label,
  isDisabled,
  onPick,
}: {
  readonly path: string
  readonly label: string
  readonly isDisabled: boolean
  readonly onPick: (path: string, value: unknown) => void
}) {
  const t = useT()
  return (
    <PopoverTrigger>
      <Button
        size="small"
        tone="quiet"
        className={cx(styles.chip, path === '' && styles.none)}
        isDisabled={isDisabled}
        aria-label={t('canvas.pair', { name: label, what: path === '' ? t('inspect.data.choose') : path })}
      >
        {path === '' ? t('inspect.data.choose') : pathWords(path)}
      </Button>
      <Popover label={t('inspect.data.choose')} placement="bottom start">
        {(close) => (
          <DataPicker
            onPick={(picked, value) => {
              onPick(picked, value)
              close()
            }}
          />
        )}
      </Popover>
    </PopoverTrigger>
  )
}

function OperandFields({
  value,
  type,
  isDisabled,
  onChange,
}: {
  readonly value: Operand
  readonly type: string
  readonly isDisabled: boolean
  readonly onChange: (value: Operand) => void
}) {
  const t = useT()
  switch (value.kind) {
    case 'none':
      return null
    case 'path':
      return (
        <>
          <PathChip path={value.path} label={t('rule.value')} isDisabled={isDisabled} onPick={(path) => onChange({ kind: 'path', path })} />
          {!isDisabled && (
            <IconButton
              size="small"
              label={t('rule.value.write')}
              icon={<Variable size={12} aria-hidden="true" />}
              isChosen
              onPress={() => onChange({ kind: 'value', value: '' })}
            />
          )}
        </>
      )
    case 'list':
      return (
        <Input
          label={t('rule.value.list')}
          text={value.values.map(writeValue).join(', ')}
          isDisabled={isDisabled}
          onChange={(text) => onChange({ kind: 'list', values: readList(text, type) })}
        />
      )
    case 'between':
      return (
        <>
          <Input
            label={t('rule.value.from')}
            text={writeValue(value.from)}
            isDisabled={isDisabled}
            onChange={(text) => onChange({ ...value, from: readValue(text, type) })}
          />
          <Input
            label={t('rule.value.to')}
            text={writeValue(value.to)}
            isDisabled={isDisabled}
            onChange={(text) => onChange({ ...value, to: readValue(text, type) })}
          />
        </>
      )
    case 'value':
      return (
        <>
          <Input
            label={t('rule.value')}
            text={writeValue(value.value)}
            isDisabled={isDisabled}
            onChange={(text) => onChange({ kind: 'value', value: readValue(text, type) })}
          />
          {!isDisabled && (
            <PopoverTrigger>
              <IconButton size="small" label={t('rule.value.pick')} icon={<Variable size={12} aria-hidden="true" />} />
              <Popover label={t('rule.value.pick')} placement="bottom end">
                {(close) => (
                  <DataPicker
                    onPick={(path) => {
                      onChange({ kind: 'path', path })
                      close()
                    }}
                  />
                )}
              </Popover>
            </PopoverTrigger>
          )}
        </>
      )
  }
}

/** Keeps what is typed while it is typed: `1.` is on its way to a number. */
function Input({
  label,
  text,
  isDisabled,
  onChange,
}: {
  readonly label: string
  readonly text: string
  readonly isDisabled: boolean
  readonly onChange: (text: string) => void
}) {
  const [draft, setDraft] = useState<string | null>(null)
  return (
    <input
      className={styles.input}
      aria-label={label}
      value={draft ?? text}
      disabled={isDisabled}
      onChange={(event) => {
        setDraft(event.currentTarget.value)
        onChange(event.currentTarget.value)
      }}
      onBlur={() => setDraft(null)}
    />
  )
}

function short(value: unknown): string {
  if (value === undefined) return '∅'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 24 ? `${text.slice(0, 23)}…` : text
}
