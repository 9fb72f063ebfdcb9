import './colours.css'
import type { FlowDefinition } from '@sluice/flows'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { queryClient } from '../app/api/client.ts'
import { urlOf } from '../app/api/request.ts'
import { noticeSignOut, sessionQuery } from '../app/api/session.ts'
import { dataLanguage, translate, useT } from '../app/i18n/index.ts'
import { announce } from '../app/shell/announce.ts'
import { useFilters } from '../app/use-filters.ts'
import { CommentMarks } from '../canvas/engine/CommentMarks.tsx'
import { PeersLayer } from '../canvas/engine/PeersLayer.tsx'
import type { FlowEditor } from '../canvas/flow-editor.ts'
import { useFlowEditor } from '../canvas/flow-editor.ts'
import { toast } from '../ui/index.ts'
import { FootButton } from './comments/FootButton.tsx'
import { Faces } from './Faces.tsx'
import { keptLosses } from './kept-losses.ts'
import { Losses } from './Losses.tsx'
import { colourOf, comings, type PeopleStore } from './people.ts'
import { type Together as Shared, shareFlow } from './share.ts'
import styles from './Together.module.css'
import { useFieldMarks } from './use-field-marks.ts'
import { useFollow } from './use-follow.ts'
import { useHere } from './use-here.ts'

/** Several people on this flow: connects, and shows who is here and what met. Loaded once the canvas can be used. */
export function Together({ file }: { readonly file: FlowDefinition }) {
  const editor = useFlowEditor()
  const [together, setTogether] = useState<Shared | null>(null)
  useEffect(() => {
    const shared = open(editor, file)
    setTogether(shared)
    return () => {
      shared?.stop()
      setTogether(null)
    }
  }, [editor, file])
  return (
    <>
      <FromNotice />
      <CommentMarks />
      <FootButton />
      {together !== null && <Shown together={together} editor={editor} />}
    </>
  )
}

/** `?thread=` leads to what somebody said, also when the flow is open already. */
function FromNotice() {
  const { view } = useFlowEditor()
  const { filters, set } = useFilters()
  const { thread } = filters
  useEffect(() => {
    if (thread === undefined) return
    view.setState({ drawer: 'comments', talk: { thread } })
    set({ thread: undefined })
  }, [thread, view, set])
  return null
}

function open(editor: FlowEditor, file: FlowDefinition): Shared | null {
  if (typeof WebSocket !== 'function') return null
  const address = new URL(urlOf(`/flows/${encodeURIComponent(file.key)}/live`, { language: dataLanguage() }), location.href)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  return shareFlow(editor, file, {
    url: address.href,
    open: (url) => new WebSocket(url),
    now: () => Date.now(),
    random: () => Math.random(),
    later(act, ms) {
      const timer = setTimeout(act, ms)
      return () => clearTimeout(timer)
    },
    network: listenToNetwork,
    signedOut: () => void noticeSignOut(),
    kept: keptLosses(localStorage, `${queryClient.getQueryData(sessionQuery.queryKey)?.user.id ?? ''} ${file.key}`),
    refused: (title) => toast({ tone: 'error', title: translate('together.refused'), detail: title }),
  })
}

function listenToNetwork(listener: (isOnline: boolean) => void): () => void {
  const online = () => listener(true)
  const offline = () => listener(false)
  window.addEventListener('online', online)
  window.addEventListener('offline', offline)
  return () => {
    window.removeEventListener('online', online)
    window.removeEventListener('offline', offline)
  }
}

function Shown({ together, editor }: { readonly together: Shared; readonly editor: FlowEditor }) {
  const { people } = together
  useHere(together, editor)
  useFollow(people, editor)
  useFieldMarks(people, editor)
  useComings(people)
  useFreshComments(together, editor)
  return (
    <>
      <PeersLayer people={people} />
      <Faces people={people} />
      <Followed people={people} />
      <Losses together={together} />
    </>
  )
}

function Followed({ people }: { readonly people: PeopleStore }) {
  const t = useT()
  const { following, all } = useStore(people)
  const peer = all.find((each) => each.id === following)
  if (peer === undefined) return null
  return (
    <p className={styles.follow} data-colour={colourOf(peer)} role="status">
      {t('together.follow', { name: peer.name })}
    </p>
  )
}

/** Said politely to those who do not see the faces. */
function useComings(people: PeopleStore): void {
  useEffect(
    () =>
      people.subscribe((state, before) => {
        if (state.state !== 'live' || before.state !== 'live' || state.all === before.all) return
        const { came, went } = comings(before.all, state.all, state.you)
        if (came.length > 0) announce(translate('together.came', { names: came.join(', ') }))
        if (went.length > 0) announce(translate('together.went', { names: went.join(', ') }))
      }),
    [people],
  )
}

/** Somebody wrote, answered or resolved: the list and the marks are read anew. */
function useFreshComments(together: Shared, { flow }: FlowEditor): void {
  const client = useQueryClient()
  useEffect(
    () => together.onComments(() => void client.invalidateQueries({ queryKey: ['flow-comments', flow.getState().doc.head.key] })),
    [together, client, flow],
  )
}
