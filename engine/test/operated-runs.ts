/** Runs that people act on, and one that is undone: what the random scenario does not show by itself. */
import type { Command, CompiledFlow } from '../src/core/index.ts'
import type { JournalSlice } from '../src/replay.ts'
import { type FlowBuilder, flow, Play } from '../src/testing/index.ts'

export interface OperatedRun {
  readonly name: string
  /** The version the run ends on. */
  readonly flow: CompiledFlow
  readonly rows: readonly JournalSlice[]
}

type Untimed = Parameters<Play['ask']>[0]

/** A run played by hand, one row per accepted command. */
class Operated {
  readonly rows: JournalSlice[] = []
  readonly play: Play

  constructor(builder: FlowBuilder) {
    this.play = new Play(builder.build())
  }

  ask(command: Untimed): void {
    const before = this.play.run?.seq ?? 0
    const decision = this.play.ask(command)
    if (!decision.accepted) throw new Error(`${decision.code}: ${decision.reason}`)
    this.rows.push({ seq: before + 1, entries: decision.entries })
    this.play.now += 1_000
  }

  start(data: string): void {
    this.ask({ kind: 'run.start', run: 'r', trigger: 'start', event: null, data, parent: null })
  }

  done(node: string, port = 'out'): void {
    const { id: token, attempt } = this.play.token(node)
    this.ask({ kind: 'node.complete', token, attempt, port, data: `${node} gave`, why: null })
  }

  failed(node: string): void {
    const { id: token, attempt } = this.play.token(node)
    this.ask({ kind: 'node.fail', token, attempt, error: { code: 'SLU_TEST', message: 'no', terminal: true } })
  }

  as(name: string, compiled = this.play.flow): OperatedRun {
    return { name, flow: compiled, rows: this.rows }
  }
}

const line = (key: string): FlowBuilder =>
  flow(key).node('start', 'test.event').node('a', 'test.act').node('b', 'test.act').wire('start', 'a').wire('a', 'b')

export function operatedRuns(): readonly OperatedRun[] {
  return [skipped(), noted(), forked(), moved(), undone(), undoneAgain()]
}

function skipped(): OperatedRun {
  const run = new Operated(line('skipped'))
  run.start('in')
  run.failed('a')
  const { id: token, attempt } = run.play.token('a')
  run.ask({ kind: 'node.skip', token, attempt, port: 'out', data: 'stated', reason: 'done by hand', by: 'u-1' })
  run.done('b')
  return run.as('skipped')
}

function noted(): OperatedRun {
  const run = new Operated(line('noted'))
  run.start('in')
  const wait = { kind: 'task', taskId: 'k-1', actions: ['out'], dueAt: null } as const
  run.ask({ kind: 'node.wait', token: run.play.token('a').id, attempt: 1, wait, why: null })
  run.ask({ kind: 'task.note', taskId: 'k-1', act: 'delegated', by: 'u-1', why: { to: 'u-2' } })
  run.ask({ kind: 'task.answer', taskId: 'k-1', action: 'out', data: 'yes', by: 'u-2' })
  run.done('b')
  return run.as('noted')
}

function forked(): OperatedRun {
  const run = new Operated(line('forked'))
  const begin = { node: 'b', port: 'in', from: 'a', input: 'a gave', trigger: 'start', event: null, outputs: { start: 'in', a: 'a gave' } }
  run.ask({
    kind: 'run.fork',
    run: 'r',
    of: 'earlier',
    begin,
    kept: { b: { port: 'out', data: 'b gave' } },
    by: { kind: 'user', id: 'u-1' },
  })
  run.done('b')
  return run.as('forked')
}

function moved(): OperatedRun {
  const run = new Operated(line('moved'))
  run.start('in')
  const { flow: next } = new Play(line('moved').node('c', 'test.echo').wire('b', 'c').build())
  const compiled: CompiledFlow = { ...next, version: 2 }
  const still = run.play
  const later = new Operated(line('moved').node('c', 'test.echo').wire('b', 'c'))
  Object.assign(later.play, { flow: compiled, run: still.run, now: still.now })
  later.rows.push(...run.rows)
  later.ask({ kind: 'run.move', reason: 'c was forgotten', by: 'u-1' } satisfies Omit<Extract<Command, { kind: 'run.move' }>, 'at'>)
  for (const node of ['a', 'b', 'c']) later.done(node)
  return later.as('moved', compiled)
}

/** A group that undoes itself, and the run after it; one undo is stuck for a while. */
function undone(): OperatedRun {
  const run = new Operated(
    flow('undone')
      .node('start', 'test.event')
      .node('book', 'test.act')
      .node('pay', 'test.act')
      .node('mend', 'test.act')
      .node('unbook', 'test.act')
      .node('unpay', 'test.act')
      .node('note', 'test.act')
      .group('stay', ['pay'], { undo: true })
      .wire('start', 'book')
      .wire('book', 'pay')
      .wire('pay', 'pay')
      .wire('stay.error', 'mend')
      .wire('book.undo', 'unbook')
      .wire('pay.undo', 'unpay', 'note')
      .settings({ onError: 'fail' }),
  )
  run.start('in')
  for (const node of ['book', 'pay']) run.done(node)
  run.failed('pay')
  run.failed('unpay')
  run.done('note')
  run.ask({ kind: 'run.retry', by: 'u-1' })
  run.done('unpay')
  run.failed('mend')
  run.done('unbook')
  return run.as('undone')
}

/** A group that ends again while it undoes; the limit of who came in last runs on, and ends them. */
function undoneAgain(): OperatedRun {
  const run = new Operated(
    flow('undone-again')
      .node('start', 'test.event')
      .node('fork', 'test.act')
      .node('side', 'test.act')
      .node('late', 'test.act')
      .node('book', 'test.act')
      .node('pay', 'test.act')
      .node('mend', 'test.act')
      .node('unbook', 'test.act')
      .group('stay', ['book', 'pay'], { undo: true, timeout: 'PT10S' })
      .wire('start', 'fork')
      .wire('fork', 'book', 'side', 'late')
      .wire('side', 'book')
      .wire('late', 'book')
      .wire('book', 'pay')
      .wire('stay.error', 'mend')
      .wire('stay.timeout', 'mend')
      .wire('book.undo', 'unbook'),
  )
  run.start('in')
  for (const node of ['fork', 'book']) run.done(node)
  run.failed('pay')
  for (const node of ['side', 'book']) run.done(node)
  run.failed('pay')
  run.done('late')
  for (const node of ['unbook', 'unbook', 'mend', 'mend']) run.done(node)
  run.play.now += 10_000
  run.ask({ kind: 'timer.fire', timerId: 'm3' })
  run.done('mend')
  return run.as('undone-again')
}
