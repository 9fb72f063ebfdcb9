import { Plus } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useLanguageStore, useSay, useT } from '../../../app/i18n/index.ts'
import { announce } from '../../../app/shell/announce.ts'
import { Button, Dialog, Menu, Segments } from '../../../ui/index.ts'
import { JsonWidget } from '../JsonWidget.tsx'
import type { WidgetProps } from '../types.ts'
import styles from './Form.module.css'
import { FormPreview } from './FormPreview.tsx'
import {
  type AnswerKind,
  answerKinds,
  moved,
  nameFor,
  type Question,
  questionsOf,
  saysMore,
  withKind,
  withQuestions,
} from './form-model.ts'
import { QuestionCard } from './QuestionCard.tsx'
import { useLabel } from './use-label.ts'

/** Questions on the left, what people will see on the right; JSON for what questions cannot say. Every change is saved as it is made. */
export function FormDialog(props: WidgetProps & { readonly first: number | null; readonly onClose: () => void }) {
  const { value, onChange, isDisabled, field } = props
  const t = useT()
  const say = useSay()
  const questions = questionsOf(value)
  const [view, setView] = useState<'questions' | 'json'>('questions')
  const shown = questions === null ? 'json' : view
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={say(field.title)}
      size="full"
      actions={
        <Button tone="primary" onPress={props.onClose}>
          {t('form.done')}
        </Button>
      }
    >
      <div className={styles.views} data-testid="form-dialog">
        <Segments
          label={t('form.view')}
          value={shown}
          options={(['questions', 'json'] as const).map((each) => ({ value: each, label: t(`form.view.${each}`) }))}
          onChange={setView}
        />
        {questions === null && <p className={styles.quiet}>{t('form.only-json')}</p>}
        {questions !== null && saysMore(value) && <p className={styles.quiet}>{t('form.says-more')}</p>}
      </div>
      <div className={styles.halves}>
        {shown === 'json' || questions === null ? (
          <div className={styles.json}>
            <JsonWidget {...props} id={`${props.id}-json`} />
          </div>
        ) : (
          <Questions
            questions={questions}
            first={props.first}
            isDisabled={isDisabled}
            onChange={(next) => onChange(withQuestions(value, next))}
          />
        )}
        {questions !== null && <FormPreview form={value} />}
      </div>
    </Dialog>
  )
}

type Wish = { readonly at: number; readonly part: 'label' | 'head' | 'up' | 'down' } | 'add'

function Questions({
  questions,
  first,
  isDisabled,
  onChange,
}: {
  readonly questions: readonly Question[]
  readonly first: number | null
  readonly isDisabled: boolean
  readonly onChange: (questions: readonly Question[]) => void
}) {
  const t = useT()
  const label = useLabel()
  const language = useLanguageStore((state) => (state.language === 'zh-CN' ? 'zh' : 'en'))
  const [opened, open] = useState(first)
  /** Names nobody can use yet: they follow the words. */
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const list = useRef<HTMLDivElement>(null)
  const [wish, setWish] = useState<Wish | null>(null)
  useEffect(() => {
    if (wish === null) return
    const card = wish === 'add' ? null : list.current?.querySelectorAll('[data-question]')[wish.at]
    const target =
      wish === 'add' ? list.current?.querySelector('[data-part="add"] button') : card?.querySelector(`[data-part="${wish.part}"]`)
    const control = target?.matches('button,input') ? target : target?.querySelector('input,button')
    if (control instanceof HTMLElement) control.focus()
    setWish(null)
  }, [wish])

  const choices = [1, 2].map((count) => ({
    value: `option${count}`,
    label: { en: '', zh: '', [language]: t('form.choice.fresh', { count }) },
  }))
  const add = (kind: AnswerKind) => {
    const name = nameFor('', new Set(questions.map((question) => question.name)), 'question')
    onChange([...questions, { name, kind, isRequired: false, schema: withKind({}, kind, choices) }])
    setFresh(new Set([...fresh, name]))
    open(questions.length)
    setWish({ at: questions.length, part: 'label' })
  }
  const put = (at: number, next: Question) => {
    const was = questions[at]
    onChange(questions.map((question, index) => (index === at ? next : question)))
    if (was !== undefined && fresh.has(was.name)) setFresh(new Set([...fresh, next.name]))
  }
  const move = (at: number, by: -1 | 1, part: 'up' | 'down' | 'head') => {
    const to = at + by
    const question = questions[at]
    if (question === undefined || to < 0 || to >= questions.length) return
    onChange(moved(questions, at, to))
    open(opened === at ? to : opened === to ? at : opened)
    announce(t('form.moved', { name: label(question), place: to + 1, count: questions.length }))
    const isAtEnd = (part === 'up' && to === 0) || (part === 'down' && to === questions.length - 1)
    setWish({ at: to, part: isAtEnd ? 'head' : part })
  }
  const remove = (at: number) => {
    const question = questions[at]
    onChange(questions.filter((_, index) => index !== at))
    open(null)
    if (question !== undefined) announce(t('form.removed', { name: label(question) }))
    setWish(questions.length === 1 ? 'add' : { at: Math.min(at, questions.length - 2), part: 'head' })
  }
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    // Those keys open a list.
    if (event.target instanceof HTMLElement && event.target.getAttribute('aria-haspopup') === 'listbox') return
    event.preventDefault()
    event.stopPropagation()
    if (!isDisabled) move(at, event.key === 'ArrowUp' ? -1 : 1, 'head')
  }
  return (
    <div className={styles.questions} ref={list}>
      {questions.length === 0 && <p className={styles.quiet}>{t('form.empty')}</p>}
      <ol className={styles.cards} aria-label={t('form.view.questions')}>
        {questions.map((question, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while it is typed, and the field must keep the focus.
          <li key={at} data-question={question.name}>
            <QuestionCard
              question={question}
              others={questions.filter((_, index) => index !== at).map(({ name }) => name)}
              isFresh={fresh.has(question.name)}
              isOpen={opened === at}
              isDisabled={isDisabled}
              isFirst={at === 0}
              isLast={at === questions.length - 1}
              onToggle={() => open(opened === at ? null : at)}
              onChange={(next) => put(at, next)}
              onMove={(by) => move(at, by, by === -1 ? 'up' : 'down')}
              onRemove={() => remove(at)}
              onKeyDown={(event) => onKeyDown(event, at)}
            />
          </li>
        ))}
      </ol>
      {!isDisabled && (
        <div data-part="add">
          <Menu
            label={t('form.add')}
            trigger={<Button icon={<Plus size={14} aria-hidden="true" />}>{t('form.add')}</Button>}
            groups={[
              {
                id: 'kinds',
                entries: answerKinds.map((kind) => ({
                  id: kind,
                  label: t(`form.kind.${kind}`),
                  help: t(`form.kind.${kind}.help`),
                  onAction: () => add(kind),
                })),
              },
            ]}
          />
        </div>
      )}
    </div>
  )
}
