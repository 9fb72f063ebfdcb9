import { useEffect, useRef } from 'react'
import { type Command, registerCommands } from './registry.ts'

/**
 * Registers commands while the component is mounted. The list may be new at each render; ids and keys must not change.
 * @example `useCommands([{ id: 'flows.new', title: () => translate('flows.new'), keys: ['N'], scope: 'app', run: () => open(true) }])`
 */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })
  const shape = commands.map((command) => command.id).join(' ')
  useEffect(() => {
    const ids = shape === '' ? [] : shape.split(' ')
    const current = (id: string) => latest.current.find((command) => command.id === id)
    const stable = ids.flatMap((id) => {
      const first = current(id)
      if (first === undefined) return []
      return [
        {
          ...first,
          title: () => current(id)?.title() ?? first.title(),
          when: () => current(id)?.when?.() ?? true,
          run: (source) => current(id)?.run(source),
        } satisfies Command,
      ]
    })
    return registerCommands(stable)
  }, [shape])
}
