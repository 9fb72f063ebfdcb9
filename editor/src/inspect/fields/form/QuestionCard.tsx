import { ArrowDown, ArrowUp, ChevronRight, Plus, X } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { useLanguageStore, useT } from '../../../app/i18n/index.ts'
import { useSyllables } from '../../../app/pinyin/use-syllables.ts'
import { Button, Checkbox, cx, IconButton, NumberField, Select, TextField } from '../../../ui/index.ts'
import { JsonWidget } from '../JsonWidget.tsx'
import styles from './Form.module.css'
import {
  type AnswerKind,
  answerKinds,
  type BothTexts,
  type Choice,
  choicesIn,
  helpIn,
  inLatin,
  isName,
  labelIn,
  nameFor,
  type Question,
  withChoices,
  withHelp,
  withKeyword,
  withKind,
  withLabel,
} from './form-model.ts'
import { useLabel } from './use-label.ts'

export interface QuestionCardProps {
  readonly question: Question
  readonly others: readonly string[]
  /** Made just now: its name in the data follows its words. */
  readonly isFresh: boolean
  readonly isOpen: boolean
  readonly isDisabled: boolean
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly onToggle: () => void
  readonly onChange: (question: Question) => void
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

export function QuestionCard(props: QuestionCardProps) {
  const { question, isOpen, isDisabled } = props
  const t = useT()
  const label = useLabel()
  const id = useId()
  const name = label(question)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only catches the keys that move the question, from wherever the focus is in it.
    <div className={styles.card} onKeyDown={props.onKeyDown}>
      <div className={styles.cardHead}>
        <button type="button" data-part="head" className={styles.open} aria-expanded={isOpen} aria-controls={id} onClick={props.onToggle}>
          <ChevronRight size={14} className={cx(isOpen && styles.turned)} aria-hidden="true" />
          <span className={styles.name}>
            {name}
            {question.isRequired && (
              <span className={styles.star} title={t('app.required')}>
                *
              </span>
            )}
          </span>
          <span className={styles.kind}>{t(question.kind === null ? 'form.kind.other' : `form.kind.${question.kind}`)}</span>
        </button>
        {!isDisabled && (
          <span className={styles.acts}>
            <span data-part="up">
              <IconButton
                size="small"
                label={t('form.up', { name })}
                keys="Alt+ArrowUp"
                icon={<ArrowUp size={13} aria-hidden="true" />}
                isDisabled={props.isFirst}
                onPress={() => props.onMove(-1)}
              />
            </span>
            <span data-part="down">
              <IconButton
                size="small"
                label={t('form.down', { name })}
                keys="Alt+ArrowDown"
                icon={<ArrowDown size={13} aria-hidden="true" />}
                isDisabled={props.isLast}
                onPress={() => props.onMove(1)}
              />
            </span>
            <IconButton
              size="small"
              label={t('inspect.list.remove', { name })}
              icon={<X size={13} aria-hidden="true" />}
              onPress={props.onRemove}
            />
          </span>
        )}
      </div>
      {isOpen && (
        <div id={id} className={styles.details}>
          <Details {...props} />
        </div>
      )}
    </div>
  )
}

function Details({ question, others, isFresh, isDisabled, onChange }: QuestionCardProps) {
  const t = useT()
  const { name, schema, kind } = question
  const change = (next: Question['schema']) => onChange({ ...question, schema: next })
  const syllables = useSyllables(isFresh)
  const onLabel = (label: BothTexts) => {
    const next = isFresh ? nameFor(inLatin(label, syllables), new Set(others), 'question') : name
    onChange({ ...question, name: next, schema: withLabel(schema, label) })
  }
  const first = useFreshChoices()
  return (
    <>
      <Texts part="label" label={t('form.label')} value={labelIn(schema)} isDisabled={isDisabled} onChange={onLabel} />
      <div className={styles.pair}>
        {kind === null ? (
          <p className={styles.quiet}>{t('form.kind.other.help')}</p>
        ) : (
          <Select<AnswerKind>
            label={t('form.kind')}
            options={answerKinds.map((each) => ({ value: each, label: t(`form.kind.${each}`) }))}
            value={kind}
            isDisabled={isDisabled}
            onChange={(next) => next !== kind && onChange({ ...question, kind: next, schema: withKind(schema, next, first) })}
          />
        )}
        <NameField
          key={name}
          name={name}
          others={others}
          isDisabled={isDisabled}
          onChange={(next) => onChange({ ...question, name: next })}
        />
      </div>
      <Checkbox isSelected={question.isRequired} isDisabled={isDisabled} onChange={(isRequired) => onChange({ ...question, isRequired })}>
        {t('form.required')}
      </Checkbox>
      {kind === null && (
        <JsonWidget
          field={{ ...jsonField, name }}
          value={schema}
          id={`form-${name}-json`}
          isDisabled={isDisabled}
          siblings={{}}
          onChange={(next) => typeof next === 'object' && next !== null && !Array.isArray(next) && change(next as Question['schema'])}
        />
      )}
      {(kind === 'choice' || kind === 'choices') && (
        <Choices
          choices={choicesIn(schema)}
          isFresh={isFresh}
          isDisabled={isDisabled}
          onChange={(next) => change(withChoices(schema, next))}
        />
      )}
      {kind === 'number' && <NumberBounds schema={schema} isDisabled={isDisabled} onChange={change} />}
      {(kind === 'text' || kind === 'long-text') && (
        <Bound keyword="maxLength" schema={schema} isDisabled={isDisabled} onChange={change} minValue={1} isWhole />
      )}
      {kind === 'money' && (
        <TextField
          label={t('form.currency')}
          value={typeof schema['x-currency'] === 'string' ? schema['x-currency'] : 'CNY'}
          isDisabled={isDisabled}
          isCode
          maxLength={3}
          onChange={(text) => change(withKeyword(schema, 'x-currency', text.toUpperCase().replace(/[^A-Z]/g, '') || undefined))}
        />
      )}
      <Texts label={t('form.help')} value={helpIn(schema)} isDisabled={isDisabled} onChange={(help) => change(withHelp(schema, help))} />
    </>
  )
}

const jsonField = {
  schema: {},
  title: 'JSON',
  help: null,
  isRequired: false,
  isMain: false,
  widget: 'json',
  options: [],
  isDeferred: true,
  editedIn: null,
  isCondition: false,
} as const

/** Two choices to begin with, in the language of the screen. */
function useFreshChoices(): readonly Choice[] {
  const t = useT()
  const language = useLanguageStore((state) => (state.language === 'zh-CN' ? 'zh' : 'en'))
  return [1, 2].map((count) => ({ value: `option${count}`, label: { en: '', zh: '', [language]: t('form.choice.fresh', { count }) } }))
}

/** The same words for readers of either language, side by side; the reader's own first. */
function Texts({
  label,
  value,
  isDisabled,
  onChange,
  part,
}: {
  readonly label: string
  readonly value: BothTexts
  readonly isDisabled: boolean
  readonly onChange: (value: BothTexts) => void
  readonly part?: string
}) {
  const t = useT()
  const own = useLanguageStore((state) => (state.language === 'zh-CN' ? 'zh' : 'en'))
  const languages = own === 'en' ? (['en', 'zh'] as const) : (['zh', 'en'] as const)
  return (
    <div className={styles.pair} {...(part !== undefined && { 'data-part': part })}>
      {languages.map((language) => (
        <TextField
          key={language}
          data-language={language}
          label={t(`form.in.${language}`, { label })}
          value={value[language]}
          isDisabled={isDisabled}
          maxLength={500}
          onChange={(text) => onChange({ ...value, [language]: text })}
        />
      ))}
    </div>
  )
}

/** What stands in expressions. A name that cannot be is not taken over, and says why. */
function NameField({
  name,
  others,
  isDisabled,
  onChange,
}: {
  readonly name: string
  readonly others: readonly string[]
  readonly isDisabled: boolean
  readonly onChange: (name: string) => void
}) {
  const t = useT()
  const [text, setText] = useState(name)
  const flaw = !isName(text) ? t('form.name.wrong') : others.includes(text) ? t('form.name.taken') : null
  return (
    <TextField
      label={t('form.name')}
      description={t('form.name.help')}
      error={flaw}
      value={text}
      isCode
      isDisabled={isDisabled}
      onChange={setText}
      onBlur={() => flaw === null && text !== name && onChange(text)}
    />
  )
}

function Choices({
  choices,
  isFresh,
  isDisabled,
  onChange,
}: {
  readonly choices: readonly Choice[]
  readonly isFresh: boolean
  readonly isDisabled: boolean
  readonly onChange: (choices: readonly Choice[]) => void
}) {
  const t = useT()
  const own = useLanguageStore((state) => (state.language === 'zh-CN' ? 'zh' : 'en'))
  const languages = own === 'en' ? (['en', 'zh'] as const) : (['zh', 'en'] as const)
  const put = (at: number, choice: Choice) => onChange(choices.map((each, index) => (index === at ? choice : each)))
  const syllables = useSyllables(isFresh)
  /** A value nobody chose and nothing reads yet is called like its words. */
  const name = (at: number) => {
    const choice = choices[at]
    if (!isFresh || choice === undefined || !/^option\d+$/.test(choice.value)) return
    const words = choice.label[own] === t('form.choice.fresh', { count: at + 1 }) ? choice.label.en : inLatin(choice.label, syllables)
    if (!/[A-Za-z]/.test(words)) return
    const value = nameFor(words, new Set(choices.filter((each) => each !== choice).map((each) => each.value)), 'option')
    if (value !== choice.value) put(at, { ...choice, value })
  }
  const add = () => {
    const taken = new Set(choices.map(({ value }) => value))
    onChange([
      ...choices,
      { value: nameFor('', taken, 'option'), label: { en: '', zh: '', [own]: t('form.choice.fresh', { count: choices.length + 1 }) } },
    ])
  }
  return (
    <fieldset className={styles.choices}>
      <legend>{t('form.choices')}</legend>
      {choices.map((choice, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a value changes while it is typed.
        <div key={at} className={styles.choice} data-choice={at}>
          {languages.map((language) => (
            <TextField
              key={language}
              data-language={language}
              aria-label={t(`form.in.${language}`, { label: t('form.choice', { count: at + 1 }) })}
              placeholder={language === 'en' ? 'English' : '中文'}
              value={choice.label[language]}
              isDisabled={isDisabled}
              onChange={(text) => put(at, { ...choice, label: { ...choice.label, [language]: text } })}
              onBlur={() => name(at)}
            />
          ))}
          <ValueField
            key={choice.value}
            value={choice.value}
            count={at + 1}
            taken={choices.filter((_, index) => index !== at).map(({ value }) => value)}
            isDisabled={isDisabled}
            onChange={(value) => put(at, { ...choice, value })}
          />
          {!isDisabled && (
            <IconButton
              size="small"
              label={t('inspect.list.remove', { name: choice.label[own] || choice.value })}
              icon={<X size={13} aria-hidden="true" />}
              isDisabled={choices.length === 1}
              onPress={() => onChange(choices.filter((_, index) => index !== at))}
            />
          )}
        </div>
      ))}
      {!isDisabled && (
        <div>
          <Button size="small" icon={<Plus size={13} aria-hidden="true" />} onPress={add}>
            {t('form.choice.add')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

function ValueField({
  value,
  count,
  taken,
  isDisabled,
  onChange,
}: {
  readonly value: string
  readonly count: number
  readonly taken: readonly string[]
  readonly isDisabled: boolean
  readonly onChange: (value: string) => void
}) {
  const t = useT()
  const [text, setText] = useState(value)
  const isTaken = text === '' || taken.includes(text)
  return (
    <TextField
      aria-label={t('form.choice.value', { count })}
      value={text}
      isCode
      isDisabled={isDisabled}
      error={isTaken ? t('form.name.taken') : null}
      onChange={setText}
      onBlur={() => !isTaken && text !== value && onChange(text)}
    />
  )
}

interface BoundProps {
  readonly schema: Question['schema']
  readonly isDisabled: boolean
  readonly onChange: (schema: Question['schema']) => void
}

function NumberBounds(props: BoundProps) {
  const t = useT()
  const { schema, isDisabled, onChange } = props
  const isWhole = schema.type === 'integer'
  return (
    <>
      <Checkbox
        isSelected={isWhole}
        isDisabled={isDisabled}
        onChange={(whole) => onChange({ ...schema, type: whole ? 'integer' : 'number' })}
      >
        {t('form.whole')}
      </Checkbox>
      <div className={styles.pair}>
        <Bound keyword="minimum" isWhole={isWhole} {...props} />
        <Bound keyword="maximum" isWhole={isWhole} {...props} />
      </div>
    </>
  )
}

function Bound({
  keyword,
  schema,
  isDisabled,
  onChange,
  minValue,
  isWhole,
}: BoundProps & { readonly keyword: 'minimum' | 'maximum' | 'maxLength'; readonly minValue?: number; readonly isWhole: boolean }) {
  const t = useT()
  const value = schema[keyword]
  return (
    <NumberField
      label={t(`form.${keyword}`)}
      value={typeof value === 'number' ? value : Number.NaN}
      isDisabled={isDisabled}
      onChange={(next) => onChange(withKeyword(schema, keyword, Number.isNaN(next) ? undefined : next))}
      formatOptions={{ maximumFractionDigits: isWhole ? 0 : 6 }}
      {...(minValue !== undefined && { minValue })}
    />
  )
}
