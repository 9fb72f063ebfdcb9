/**
 * JavaScript of users in QuickJS, compiled to WebAssembly: an interpreter of its own with its own heap. It is given JSON text and gives
 * JSON text back; nothing of the host is handed in, so there is nothing to reach out to: no network, no files, no timers, no modules.
 */
import { cleanJson } from '@sluice/engine/expression'
import type { CodeAnswer, CodeFailure, CodeOrder } from '@sluice/sdk/server'
import {
  type Disposable,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule,
  Scope,
  type SuccessOrFail,
} from 'quickjs-emscripten-core'
import { codeLimits } from './limits.ts'

/** Runs one call in a fresh heap, so that nothing stays for the next. Throws only when the interpreter itself broke: end its thread. */
export function runCode(quickjs: QuickJSWASMModule, order: CodeOrder, now: () => number = Date.now): CodeAnswer {
  return Scope.withScope((scope) => {
    const runtime = scope.manage(quickjs.newRuntime())
    runtime.setMemoryLimit(codeLimits.memoryBytes)
    runtime.setMaxStackSize(codeLimits.stackBytes)
    const endAt = now() + codeLimits.timeMs
    let late = false
    runtime.setInterruptHandler(() => {
      late ||= now() > endAt
      return late
    })
    try {
      return new Call(scope, scope.manage(runtime.newContext()), () => late).run(order)
    } catch (thrown) {
      // The interpreter had no room even for its own error.
      return thrown instanceof Stopped ? thrown.answer : failed('SLU_CODE_LIMIT', memory)
    }
  })
}

/** The interpreter's own functions are taken before the user's code can replace them. */
const harness = `(() => {
  const { parse, stringify } = JSON
  return (code, input, context) => {
    const output = code(parse(input), parse(context))
    return output instanceof Promise ? output.then((value) => stringify(value)) : stringify(output)
  }
})()`

/** The recorded time, and chance that repeats. */
const prelude = (now: string, seed: number): string => `(() => {
  const Real = Date, at = ${Date.parse(now)}
  Date = class Date extends Real { constructor(...parts) { if (parts.length === 0) super(at); else super(...parts) } static now() { return at } }
  let state = ${seed >>> 0}
  Math.random = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
})()`

class Stopped {
  readonly answer: CodeAnswer
  constructor(answer: CodeAnswer) {
    this.answer = answer
  }
}

class Call {
  readonly #scope: Scope
  readonly #context: QuickJSContext
  readonly #isLate: () => boolean

  constructor(scope: Scope, context: QuickJSContext, isLate: () => boolean) {
    this.#scope = scope
    this.#context = context
    this.#isLate = isLate
  }

  run({ source, input, context: { seed, ...shown } }: CodeOrder): CodeAnswer {
    const context = this.#context
    this.#take(context.evalCode(prelude(shown.now, seed), 'sluice.js'))
    const call = this.#take(context.evalCode(harness, 'sluice.js'))
    const code = this.#load(source)
    const texts = [input, shown].map((value) => this.#scope.manage(context.newString(JSON.stringify(value))))
    const settled = this.#settled(this.#take(context.callFunction(call, context.undefined, code, ...texts)))
    if (context.typeof(settled) !== 'string')
      return failed('SLU_CODE_OUTPUT', 'The code gave nothing that can be written as JSON; return a value.')
    return readOutput(context.getString(settled))
  }

  /** A function, or the body of one. */
  #load(source: string): QuickJSHandle {
    const context = this.#context
    const written = context.evalCode(`(${source}\n)`, 'code.js')
    if (written.error === undefined) {
      const value = this.#scope.manage(written.value)
      if (context.typeof(value) === 'function') return value
      throw new Stopped(failed('SLU_CODE_SYNTAX', 'Write a function, (input, context) => output, or the body of one.'))
    }
    const isSyntax = described(context, this.#scope.manage(written.error)).name === 'SyntaxError'
    if (!isSyntax) throw new Stopped(this.#failure(written.error))
    const body = context.evalCode(`((input, context) => {${source}\n})`, 'code.js')
    if (body.error === undefined) return this.#scope.manage(body.value)
    const { message, line } = described(context, this.#scope.manage(body.error))
    throw new Stopped({ ok: false, code: 'SLU_CODE_SYNTAX', message: `The code cannot be read: ${message}`, line })
  }

  /** What a promise came to; nothing outside can settle one, so what still waits after all jobs waits for ever. */
  #settled(given: QuickJSHandle): QuickJSHandle {
    const context = this.#context
    if (context.typeof(given) !== 'object') return given
    this.#scope.manage(this.#jobs())
    const state = context.getPromiseState(given)
    if (state.type === 'fulfilled') return this.#scope.manage(state.value)
    if (state.type === 'rejected') throw new Stopped(this.#failure(this.#scope.manage(state.error)))
    throw new Stopped(failed('SLU_CODE_OUTPUT', 'The code waits for something that cannot come: there are no timers and no network here.'))
  }

  #jobs(): Disposable {
    const ran = this.#context.runtime.executePendingJobs()
    if (ran.error !== undefined) throw new Stopped(this.#failure(this.#scope.manage(ran.error)))
    return ran
  }

  #take(result: SuccessOrFail<QuickJSHandle, QuickJSHandle>): QuickJSHandle {
    if (result.error === undefined) return this.#scope.manage(result.value)
    throw new Stopped(this.#failure(this.#scope.manage(result.error)))
  }

  #failure(error: QuickJSHandle): CodeAnswer {
    if (this.#isLate()) return failed('SLU_CODE_LIMIT', `The code took longer than ${codeLimits.timeMs} ms.`)
    const { name, message, line } = described(this.#context, error)
    if (name === 'InternalError')
      return failed('SLU_CODE_LIMIT', message.includes('memory') ? memory : 'The code calls itself deeper than allowed.')
    // Only the interpreter's own words: what code throws may hold a customer's data.
    const isOwn = name === 'TypeError' || name === 'ReferenceError' || name === 'RangeError'
    const where = line === null ? '' : ` in line ${line}`
    const what = isOwn ? `${name}: ${message}` : 'it raised an error of its own'
    return { ok: false, code: 'SLU_CODE_FAILED', message: `The code failed${where}: ${what}.`, line }
  }
}

const memory = `The code needs more than ${codeLimits.memoryBytes / 1024 / 1024} MiB of memory.`

function readOutput(text: string): CodeAnswer {
  if (text.length > codeLimits.outputBytesMax)
    return failed('SLU_CODE_OUTPUT', `The result has more than ${codeLimits.outputBytesMax} characters.`)
  const cleaned = cleanJson(JSON.parse(text))
  return cleaned.ok ? { ok: true, output: cleaned.value } : failed('SLU_CODE_OUTPUT', 'The result nests too deeply or is no plain JSON.')
}

function failed(code: CodeFailure, message: string): CodeAnswer {
  return { ok: false, code, message, line: null }
}

interface Described {
  readonly name: string
  readonly message: string
  readonly line: number | null
}

/** Read as data properties: an error of the code's own making may have getters that never end, but the clock still runs. */
function described(context: QuickJSContext, error: QuickJSHandle): Described {
  if (context.typeof(error) !== 'object') return { name: '', message: '', line: null }
  const text = (key: string): string =>
    context.getProp(error, key).consume((value) => (context.typeof(value) === 'string' ? context.getString(value) : ''))
  const line = /code\.js:(\d+)/.exec(text('stack'))?.[1]
  return { name: text('name'), message: text('message').slice(0, 200), line: line === undefined ? null : Number(line) }
}
