import type { Json } from '@sluice/flows'
import { type RunDraft, rootScope } from '../draft.ts'
import type { EntryOf } from '../entry.ts'
import type { TokenId } from '../ids.ts'
import type { GroupExit, Token, Undoable, Undoing } from '../run.ts'
import { itemScope, scopesAround } from '../scopes.ts'
import { undoKey } from '../undo.ts'

export function rememberUndoable({ run }: RunDraft, { id, node, input, scope }: Token, output: Json): void {
  const inner = itemScope(run, scope)
  const items = scopesAround(run, scope).filter((around) => run.scopes[around]?.item !== undefined)
  const item = inner === null ? {} : { item: { index: inner.item.index, value: inner.item.value } }
  run.done = [...(run.done ?? []), { node, token: id, input, output, seq: run.seq + 1, items, ...item }]
}

export function applyUndoStarted(draft: RunDraft, entry: EntryOf<'undo.started'>): void {
  const { run } = draft
  const { region, item, token, ending, exit, steps, at, joins } = entry
  const standing = token === null ? null : draft.token(token)
  const chosen = new Set<TokenId>(steps)
  const others = Object.entries(run.undoing ?? {})
  const known = new Map([...(run.done ?? []), ...others.flatMap(([, { todo }]) => todo)].map((step) => [step.token, step]))
  const todo = steps.map((step) => known.get(step)).filter((step): step is Undoable => step !== undefined)
  const items = standing === null ? [] : scopesAround(run, standing.scope).filter((around) => run.scopes[around]?.item !== undefined)
  const key = undoKey(region, item)
  const before = joins === true ? undoingOf(draft, entry) : null
  run.undoing = {
    ...Object.fromEntries(others.map(([other, one]) => [other, withoutSteps(one, chosen, token)])),
    [key]:
      before === null
        ? { region, item, items, token, ending, exit, todo, current: null }
        : { ...before, behind: waitingToo(before, token, exit), todo },
  }
  keepDone(draft, chosen)
  if (standing !== null) draft.setToken({ ...standing, state: 'waiting', wait: { kind: 'undo' }, since: at, limit: null })
  if (region === null) run.limit = null
}

function waitingToo({ behind = [] }: Undoing, token: TokenId | null, exit: GroupExit | null): NonNullable<Undoing['behind']> {
  return token === null || exit === null ? behind : [...behind, { token, exit }]
}

/** What a larger undo takes over is no longer the smaller one's: the steps that were left, and the line if it waits there. */
function withoutSteps(one: Undoing, chosen: ReadonlySet<TokenId>, token: TokenId | null): Undoing {
  const rest = one.todo.filter((step) => !chosen.has(step.token))
  const behind = one.behind?.filter((line) => line.token !== token)
  return { ...one, todo: rest, token: one.token === token ? null : one.token, ...(behind === undefined ? {} : { behind }) }
}

function keepDone({ run }: RunDraft, without: ReadonlySet<TokenId>): void {
  const rest = (run.done ?? []).filter(({ token }) => !without.has(token))
  if (rest.length > 0) run.done = rest
  else delete run.done
}

export function applyUndoStepStarted(draft: RunDraft, entry: EntryOf<'undo.step-started'>): void {
  const undoing = undoingOf(draft, entry)
  const { node, token, scope, opened, next, at } = entry
  const step = undoing.todo.find((one) => one.token === token)
  if (step === undefined) throw new Error(`SLU_JOURNAL_BROKEN: run ${draft.run.id} has no ${token} at ${node} to undo`)
  setUndoing(draft, entry, { ...undoing, todo: undoing.todo.filter((one) => one !== step), current: { node, token, scope } })
  if (scope === null) return
  draft.openScope(scope, draft.run.tokens[undoing.token ?? '']?.scope ?? rootScope, null)
  if (step.item !== undefined) draft.setItem(scope, { of: '', ...step.item })
  if (opened !== null) draft.openScope(opened, scope, node)
  draft.addTokens(next, node, opened ?? scope, { input: step.input, output: step.output }, at)
}

export function applyUndoStepDone(draft: RunDraft, entry: EntryOf<'undo.step-done'>): void {
  const { node, token } = entry
  setUndoing(draft, entry, { ...undoingOf(draft, entry), current: null })
  draft.run.undone = [...(draft.run.undone ?? []), { node, token }]
}

export function applyUndoEnded({ run }: RunDraft, { region, item }: EntryOf<'undo.ended'>): void {
  const { [undoKey(region, item)]: _, ...others } = run.undoing ?? {}
  if (Object.keys(others).length > 0) run.undoing = others
  else delete run.undoing
}

type Place = Pick<Undoing, 'region' | 'item'>

function undoingOf({ run }: RunDraft, { region, item }: Place): Undoing {
  const undoing = run.undoing?.[undoKey(region, item)]
  if (undoing === undefined) throw new Error(`SLU_JOURNAL_BROKEN: run ${run.id} does not undo ${region ?? 'itself'}`)
  return undoing
}

function setUndoing({ run }: RunDraft, { region, item }: Place, undoing: Undoing): void {
  run.undoing = { ...run.undoing, [undoKey(region, item)]: undoing }
}
