import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useMay } from '../../app/api/session.ts'
import { peopleQuery } from '../../app/api/tasks.ts'
import { useSay, useT } from '../../app/i18n/index.ts'
import { announce } from '../../app/shell/announce.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { useFlow, useFlowEditor, useView } from '../../canvas/flow-editor.ts'
import { nameOf } from '../../doc/index.ts'
import { Button, Segments, Spinner } from '../../ui/index.ts'
import { type Act, type Anchor, act, type Thread, threadsQuery } from './api.ts'
import styles from './Comments.module.css'
import { ThreadCard } from './ThreadCard.tsx'
import { Words } from './Words.tsx'
import { anchorOf, isThere, refOf } from './where.ts'

/** All that was said about this flow: open or resolved, and what the next comment is about. */
export function CommentsPanel() {
  const t = useT()
  const may = useMay()
  const editor = useFlowEditor()
  const key = useFlow((state) => state.doc.head.key)
  const doc = useFlow((state) => state.doc)
  const talk = useView((view) => view.talk)
  const [state, setState] = useState<'open' | 'resolved'>('open')
  const { data, isPending } = useQuery(threadsQuery(key))
  const people = useQuery({ ...peopleQuery, enabled: may('tasks.read') }).data?.items ?? []
  const active = people.filter((person) => person.active)
  const does = useAct((what: Act) => act(key, what), { refresh: [['flow-comments', key]] })
  const about = useAbout()
  const mayComment = may('flows.comment')
  const threads = (data ?? []).filter((thread) => thread.state === state)
  const begun = talk !== null && 'anchor' in talk ? talk.anchor : null
  const shown = talk !== null && 'thread' in talk ? talk.thread : null
  useEffect(() => {
    const found = data?.find((thread) => thread.id === shown)
    if (found !== undefined) setState(found.state)
  }, [data, shown])
  const go = (anchor: Anchor) => {
    const ref = refOf(anchor, doc)
    if (ref === null) return
    editor.flow.select([ref])
    editor.surface.current?.reveal(ref)
  }
  const begin = (anchor: Anchor, text: string, mentions: readonly string[]) =>
    does.mutateAsync({ do: 'begin', anchor, text, mentions }).then((thread) => {
      setState('open')
      editor.view.setState({ talk: thread === null ? null : { thread: thread.id } })
      announce(t('together.comments.sent'))
    })
  return (
    <div className={styles.panel} data-testid="comments">
      <div className={styles.bar}>
        <Segments
          label={t('together.comments.filter')}
          value={state}
          onChange={setState}
          options={[
            { value: 'open', label: t('together.comments.open') },
            { value: 'resolved', label: t('together.comments.resolved') },
          ]}
        />
        {mayComment && begun === null && (
          <Button size="small" onPress={() => editor.view.setState({ talk: { anchor: anchorOf(editor.flow.getState().selection, null) } })}>
            {t('together.comments.new')}
          </Button>
        )}
      </div>
      {mayComment && begun !== null && (
        <section className={styles.composer} aria-label={t('together.comments.new')}>
          <p className={styles.about}>{t('together.comments.about', { what: about(begun, null) })}</p>
          <Words
            label={t('together.comments.text')}
            action={t('together.comments.send')}
            people={active}
            onSend={(text, mentions) => begin(begun, text, mentions)}
            onCancel={() => {
              editor.view.setState({ talk: null })
              editor.surface.current?.focus()
            }}
            isBusy={does.isPending}
          />
        </section>
      )}
      {isPending ? (
        <Spinner />
      ) : threads.length === 0 ? (
        begun === null && (
          <p className={styles.empty}>{t(state === 'open' ? 'together.comments.none' : 'together.comments.none.resolved')}</p>
        )
      ) : (
        <ol className={styles.threads} aria-label={t('together.comments.filter')}>
          {threads.map((thread) => (
            <ThreadCard
              key={thread.id}
              thread={thread}
              about={about(thread.anchor, thread)}
              isThere={isThere(thread.anchor, doc)}
              isShown={thread.id === shown}
              people={active}
              mayComment={mayComment}
              mayDeleteAny={may('users.manage')}
              onGo={() => go(thread.anchor)}
              onAct={(what) => does.mutateAsync(what)}
              isBusy={does.isPending}
            />
          ))}
        </ol>
      )}
    </div>
  )
}

/** What a thread is about, in words: as it is called now, or as it was called when it is gone. */
function useAbout(): (anchor: Anchor, thread: Thread | null) => string {
  const t = useT()
  const say = useSay()
  const { catalogue } = useFlowEditor()
  const doc = useFlow((state) => state.doc)
  const step = (id: string) => {
    const found = doc.nodes.get(id)
    return found === undefined ? null : say(nameOf(found, catalogue))
  }
  return (anchor, thread) => {
    if (anchor.kind === 'flow') return t('together.comments.flow')
    if (anchor.kind === 'point') return t('together.comments.point')
    const wire = anchor.kind === 'edge' ? doc.edges.get(anchor.id) : undefined
    const names = wire === undefined ? [step(anchor.id)] : [step(wire.from.node), step(wire.to.node)]
    const now =
      anchor.kind === 'group'
        ? [doc.groups.get(anchor.id)].map((group) => (group === undefined ? null : say(group.name ?? group.id)))
        : names
    const then = thread === null ? [anchor.id] : isList(thread.about) ? thread.about.map((each) => say(each)) : [say(thread.about)]
    return (now.every((each) => each !== null) ? now : then).join(' → ')
  }
}

function isList(about: Thread['about']): about is Extract<Thread['about'], readonly unknown[]> {
  return Array.isArray(about)
}
