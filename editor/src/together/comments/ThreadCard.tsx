import { Check, Pencil, RotateCcw, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { Button, cx, IconButton, PlainSelect } from '../../ui/index.ts'
import type { Act, Comment, Thread } from './api.ts'
import styles from './Comments.module.css'
import { type Person, pieces } from './mentions.ts'
import { Words } from './Words.tsx'

/** One thread: what it is about, whose it is, what was said, and an answer. */
export function ThreadCard({
  thread,
  about,
  isThere,
  isShown,
  people,
  mayComment,
  mayDeleteAny,
  isBusy,
  onGo,
  onAct,
}: {
  readonly thread: Thread
  readonly about: string
  readonly isThere: boolean
  readonly isShown: boolean
  readonly people: readonly Person[]
  readonly mayComment: boolean
  readonly mayDeleteAny: boolean
  readonly isBusy: boolean
  readonly onGo: () => void
  readonly onAct: (what: Act) => Promise<unknown>
}) {
  const t = useT()
  const card = useRef<HTMLLIElement>(null)
  const [answers, setAnswers] = useState(false)
  const isOpen = thread.state === 'open'
  useEffect(() => {
    if (isShown) card.current?.scrollIntoView({ block: 'nearest' })
  }, [isShown])
  return (
    <li ref={card} className={cx(styles.thread, isShown && styles.shown)} data-thread={thread.id} data-state={thread.state}>
      <div className={styles.head}>
        {isThere && thread.anchor.kind !== 'flow' && thread.anchor.kind !== 'point' ? (
          <button type="button" className={styles.go} onClick={onGo}>
            {about}
          </button>
        ) : (
          <span className={styles.about}>{about}</span>
        )}
        {!isThere && <span className={styles.quiet}>{t('together.comments.gone')}</span>}
        <span className={styles.tools}>
          {mayComment && people.length > 0 ? (
            <PlainSelect
              label={t('together.comments.assignee')}
              value={thread.assignee?.id ?? ''}
              onChange={(id) => void onAct({ do: 'settle', thread: thread.id, assignee: id === '' ? null : id }).catch(() => undefined)}
              options={[{ value: '', label: t('together.comments.nobody') }, ...people.map(({ id, name }) => ({ value: id, label: name }))]}
            />
          ) : (
            thread.assignee !== null && <span className={styles.quiet}>{thread.assignee.name}</span>
          )}
          {mayComment && (
            <Button
              size="small"
              tone="quiet"
              icon={isOpen ? <Check size={14} aria-hidden="true" /> : <RotateCcw size={14} aria-hidden="true" />}
              isDisabled={isBusy}
              onPress={() => void onAct({ do: 'settle', thread: thread.id, resolved: isOpen }).catch(() => undefined)}
            >
              {t(isOpen ? 'together.comments.resolve' : 'together.comments.reopen')}
            </Button>
          )}
        </span>
      </div>
      {thread.resolvedBy !== null && <p className={styles.quiet}>{t('together.comments.resolved-by', { name: thread.resolvedBy })}</p>}
      <ol className={styles.said}>
        {thread.comments.map((comment) => (
          <OneComment
            key={comment.id}
            comment={comment}
            people={people}
            mayEdit={mayComment && comment.isMine}
            mayDelete={mayComment && (comment.isMine || mayDeleteAny)}
            isBusy={isBusy}
            onAct={onAct}
          />
        ))}
      </ol>
      {mayComment &&
        (answers ? (
          <Words
            label={t('together.comments.answer')}
            action={t('together.comments.send')}
            isBusy={isBusy}
            people={people}
            onSend={(text, mentions) => onAct({ do: 'reply', thread: thread.id, text, mentions }).then(() => setAnswers(false))}
            onCancel={() => setAnswers(false)}
          />
        ) : (
          <Button size="small" tone="quiet" onPress={() => setAnswers(true)}>
            {t('together.comments.answer')}
          </Button>
        ))}
    </li>
  )
}

function OneComment({
  comment,
  people,
  mayEdit,
  mayDelete,
  isBusy,
  onAct,
}: {
  readonly comment: Comment
  readonly people: readonly Person[]
  readonly mayEdit: boolean
  readonly mayDelete: boolean
  readonly isBusy: boolean
  readonly onAct: (what: Act) => Promise<unknown>
}) {
  const t = useT()
  const format = useFormat()
  const [edits, setEdits] = useState(false)
  const { id, author, at, text, editedAt, isDeleted } = comment
  return (
    <li className={styles.comment}>
      <p className={styles.by}>
        <bdi className={styles.author}>{author}</bdi>{' '}
        <time dateTime={at} title={format.dateTime(at)}>
          {format.relative(at)}
        </time>
        {editedAt !== null && <span> · {t('together.comments.edited')}</span>}
        {!isDeleted && !edits && (
          <span className={styles.own}>
            {mayEdit && (
              <IconButton
                size="small"
                label={t('together.comments.edit')}
                icon={<Pencil size={12} aria-hidden="true" />}
                onPress={() => setEdits(true)}
              />
            )}
            {mayDelete && (
              <IconButton
                size="small"
                label={t('together.comments.delete')}
                icon={<Trash2 size={12} aria-hidden="true" />}
                isDisabled={isBusy}
                onPress={() => void onAct({ do: 'delete', id }).catch(() => undefined)}
              />
            )}
          </span>
        )}
      </p>
      {edits ? (
        <Words
          label={t('together.comments.text')}
          action={t('together.comments.save')}
          start={text}
          isBusy={isBusy}
          people={people}
          onSend={(words, mentions) => onAct({ do: 'edit', id, text: words, mentions }).then(() => setEdits(false))}
          onCancel={() => setEdits(false)}
        />
      ) : isDeleted ? (
        <p className={styles.quiet}>{t('together.comments.deleted')}</p>
      ) : (
        <p className={styles.text} dir="auto">
          {pieces(text, comment.mentions).map((piece, index) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity beyond their place.
            piece.isName ? <b key={index}>{piece.text}</b> : piece.text,
          )}
        </p>
      )}
    </li>
  )
}
