import type { Json } from '@sluice/flows'
import { type ActConfig, actAnswer, actMs, chosen, eventSays, folded, itemsOf, personSays, type TaskConfig, weigh } from './answers.ts'
import { rank } from './clock.ts'
import { endItems } from './each.ts'
import type { EachWork, Line } from './line.ts'
import { newWork, type ReferenceRun } from './run.ts'

/** What each kind of step does with the line that stands at it. */
export function takeStep(run: ReferenceRun, line: Line): void {
  const { input } = line
  const config = run.drawing.config(line.at)
  const kept = run.kept.get(line.at)
  if (kept !== undefined) {
    run.leave(line, kept.port, kept.data)
    return
  }
  switch (run.drawing.step(line.at).type) {
    case 'ref.fold':
      run.leave(line, 'out', folded(input, Number(config.salt)))
      break
    case 'ref.write':
      run.leave(line, 'out', input)
      break
    case 'ref.choose':
      run.leave(line, chosen(input, config.ports as readonly string[]), input)
      break
    case 'test.race':
    case 'test.unlock':
      run.leave(line, 'out', input)
      break
    case 'test.act':
      act(run, line, config.say as ActConfig)
      break
    case 'ref.wait':
      waitFor(run, line, 'timer', Number(config.ms) + weigh(input), 'out')
      break
    case 'ref.wait-event':
      waitFor(run, line, 'event', config.timeoutMs as number | undefined, 'timeout')
      if (config.buffered === true && run.takeEarlier(String(config.type))) run.leave(line, 'out', eventSays)
      break
    case 'ref.task':
      ask(run, line, config as unknown as TaskConfig & { readonly dueMs?: number })
      break
    case 'test.lock':
      lock(run, line, String(config.key), Number(config.limit), config.timeoutMs as number | undefined)
      break
    case 'test.milestone':
      line.doing = { kind: 'milestone' }
      run.limitWait(line)
      break
    case 'test.call':
      call(run, line, String(config.flow))
      break
    case 'ref.send': {
      const isSent = run.world.send(run, String(config.flow), folded(input, Number(config.salt)))
      run.leave(line, 'out', folded(input, isSent ? 30 : 31))
      break
    }
    case 'ref.each':
      forEach(run, line, config)
      break
    case 'test.stop':
      stop(run, line, (config.output as Json) ?? null)
      break
    case 'test.fail-run':
      run.noteFailure(line, 'SLU_TEST')
      run.end('failed', null, 'SLU_TEST', { by: line })
      break
    default:
      throw new Error(`the reference knows no step ${line.at}`)
  }
}

function act(run: ReferenceRun, line: Line, config: ActConfig): void {
  const { attempt, input } = line
  const { clock } = run.world
  line.due = clock.at(clock.now + actMs(config, input), rank.result, run.number, () =>
    run.act(() => {
      const answer = actAnswer(config, input, attempt)
      if ('code' in answer) run.fail(line, answer)
      else run.leave(line, answer.port, answer.data)
    }),
  )
}

function waitFor(run: ReferenceRun, line: Line, kind: 'timer' | 'event', ms: number | undefined, port: string): void {
  line.doing = { kind }
  if (ms !== undefined) line.due = run.timer(ms, () => run.leave(line, port, line.input))
  run.limitWait(line)
}

function ask(run: ReferenceRun, line: Line, { action, afterMs, dueMs }: TaskConfig & { readonly dueMs?: number }): void {
  line.doing = { kind: 'task' }
  const { attempt } = line
  const { clock } = run.world
  if (action !== null)
    clock.at(clock.now + afterMs, rank.result, run.number, () =>
      run.act(() => {
        const isOpen = run.lives(line) && line.attempt === attempt && line.doing.kind === 'task'
        if (isOpen) run.leave(line, action, personSays)
      }),
    )
  if (dueMs !== undefined) line.due = run.timer(dueMs, () => run.leave(line, 'expired', line.input))
  run.limitWait(line)
}

function lock(run: ReferenceRun, line: Line, key: string, limit: number, timeoutMs: number | undefined): void {
  if (line.frames.some((frame) => frame.kind === 'lock' && frame.key === key)) {
    run.leave(line, 'out', line.input)
    return
  }
  line.doing = { kind: 'lock' }
  if (timeoutMs !== undefined) line.due = run.timer(timeoutMs, () => run.leave(line, 'timeout', line.input))
  run.limitWait(line)
  run.world.locks.ask(run, line, key, limit)
}

function call(run: ReferenceRun, line: Line, flow: string): void {
  const { attempt } = line
  const called = run.world.startCalled(run, flow, line.input, (status, output, code) =>
    run.act(() => {
      if (!run.lives(line) || line.doing.kind !== 'call' || line.attempt !== attempt) return
      line.doing = { kind: 'ready' }
      if (status === 'succeeded') run.leave(line, 'out', output)
      else run.fail(line, { code, terminal: true })
    }),
  )
  const cancel = () => {
    const compensate = run.compensates
    run.world.follow(() => called.act(() => called.end('cancelled', null, '', { compensate })))
  }
  line.doing = { kind: 'call', cancel }
  run.limitWait(line)
}

/** Said at its start, or after an item: then perhaps that enough is done. */
function forEach(run: ReferenceRun, line: Line, config: Readonly<Record<string, unknown>>): void {
  if (line.each === null) startEach(run, line, itemsOf(line.input, Number(config.base ?? config.count)))
  else reviewEach(run, line, line.each, config)
}

function startEach(run: ReferenceRun, line: Line, items: readonly Json[]): void {
  if (items.length === 0) {
    run.leave(line, 'out', [])
    return
  }
  line.each = newWork(items)
  line.doing = { kind: 'each' }
  run.limitWait(line)
}

function reviewEach(run: ReferenceRun, line: Line, work: EachWork, config: Readonly<Record<string, unknown>>): void {
  endItems(run, work)
  if (config.grow !== undefined) work.items = itemsOf(line.input, Number(config.base) + Math.min(Number(config.grow), work.results.size))
  if (work.results.size < Number(config.stopAfter ?? Number.POSITIVE_INFINITY)) {
    line.doing = { kind: 'each' }
    return
  }
  if (config.finish !== true) run.cancelItems(line)
  run.leave(line, 'stopped', inOrder(work.results))
}

export function inOrder(results: ReadonlyMap<number, Json>): Json {
  return [...results].sort(([left], [right]) => left - right).map(([, result]) => result)
}

function stop(run: ReferenceRun, line: Line, output: Json): void {
  run.note(`left ${line.at} out`, output)
  run.stop(line)
  run.drop(line)
  run.end('succeeded', output, '')
}
