import type { FlowSettings, Retry, Text } from '@sluice/flows'
import type { FlowStore } from '../flow-store.ts'
import { label } from '../label.ts'
import type { Path } from '../patch.ts'

/** Sets one value of a step's config; `undefined` takes it away. Quick changes of the same place are one entry. */
export function configure(store: FlowStore, node: string, path: Path, value: unknown): void {
  store.change({ label: label('configure'), merge: `config ${node} ${path.join('/')}` }, (draft) =>
    draft.set('nodes', node, ['config', ...path], value),
  )
}

/** Sets several values of a step's config as one change; `undefined` takes one away. */
export function configureMany(store: FlowStore, node: string, values: Readonly<Record<string, unknown>>): void {
  store.change(label('configure'), (draft) => {
    for (const [name, value] of Object.entries(values)) draft.set('nodes', node, ['config', name], value)
  })
}

/** An empty name gives the step the name of its type again. */
export function rename(store: FlowStore, node: string, name: Text | undefined): void {
  const empty = name === undefined || (typeof name === 'string' && name.trim() === '')
  store.change({ label: label('rename'), merge: `name ${node}` }, (draft) => draft.set('nodes', node, ['name'], empty ? undefined : name))
}

export function setRetry(store: FlowStore, node: string, retry: Retry | undefined): void {
  store.change({ label: label('configure'), merge: `retry ${node}` }, (draft) => draft.set('nodes', node, ['retry'], retry))
}

export function setLoopLimit(store: FlowStore, node: string, rounds: number | undefined): void {
  store.change({ label: label('configure'), merge: `rounds ${node}` }, (draft) => draft.set('nodes', node, ['loopLimit'], rounds))
}

export function setTimeLimit(store: FlowStore, node: string, timeoutMs: number | undefined): void {
  store.change({ label: label('configure'), merge: `limit ${node}` }, (draft) => draft.set('nodes', node, ['timeoutMs'], timeoutMs))
}

/** Disables the steps, or enables them when all of them are disabled. */
export function toggleDisabled(store: FlowStore, nodes: readonly string[]): void {
  const { doc } = store.getState()
  const off = nodes.every((id) => doc.nodes.get(id)?.disabled === true)
  store.change(label(off ? 'enable' : 'disable', { count: nodes.length }), (draft) => {
    for (const id of nodes) draft.set('nodes', id, ['disabled'], off ? undefined : true)
  })
}

export function setFlowName(store: FlowStore, name: Text): void {
  store.change({ label: label('rename'), merge: 'flow name' }, (draft) => draft.set('head', '', ['name'], name))
}

export function setDescription(store: FlowStore, description: Text | undefined): void {
  store.change({ label: label('settings'), merge: 'flow description' }, (draft) => draft.set('head', '', ['description'], description))
}

export function setSettings<Key extends keyof FlowSettings>(store: FlowStore, key: Key, value: FlowSettings[Key] | undefined): void {
  store.change({ label: label('settings'), merge: `settings ${key}` }, (draft) => draft.set('head', '', ['settings', key], value))
}
