import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { type Page, type Run, type StreamMessage, useStream } from '../../app/api/index.ts'
import type { FlowEditor } from '../../canvas/flow-editor.ts'
import type { RunMessage } from '../../run/run-store.ts'

/** At most ten redraws a second, however fast runs go by (EDITOR.md §8.1). */
const paceMs = 100

/** Lights the steps up while this flow's runs go on. */
export function useLiveFlow({ flow, runs }: FlowEditor): void {
  const client = useQueryClient()
  const waiting = useRef<RunMessage[]>([])
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const { key } = flow.getState().doc.head
  const flush = () => {
    timer.current = null
    const messages = waiting.current
    waiting.current = []
    if (messages.length > 0) runs.take(messages)
  }
  useStream({ flow: key }, (message: StreamMessage) => {
    if (message.kind === 'run' && message.flow === key) {
      waiting.current.push(message)
      timer.current ??= setTimeout(flush, paceMs)
      if (message.entries.some((entry) => entry.kind.startsWith('run.'))) {
        void client.invalidateQueries({ queryKey: ['runs', 'list'] })
        // The very first run is the sample that fields waited for; later ones must not push aside the one that is looked at.
        const samples = ['runs', 'samples', key]
        if (client.getQueryData<Page<Run>>(samples)?.items.length === 0) void client.invalidateQueries({ queryKey: samples })
      }
    } else if (message.kind === 'resumed') {
      void client.invalidateQueries({ queryKey: ['runs'] })
      void client.invalidateQueries({ queryKey: ['flow-status', key] })
    }
  })
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current)
    },
    [],
  )
}
