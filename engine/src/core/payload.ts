import type { Json } from '@sluice/flows'
import { runLimits } from './limits.ts'
import type { RunState } from './run.ts'
import { type Worded, worded } from './words.ts'

/** Why a value may not travel on a wire, or null when it may. */
export function payloadRefusal(data: Json): Worded | null {
  const { payloadBytesMax, payloadDepthMax } = runLimits
  const bytes = sizeOf(data)
  if (bytes === 'deep')
    return worded(
      'SLU_PAYLOAD_LIMIT',
      `the value is nested deeper than ${payloadDepthMax} levels; flatten it`,
      `数据嵌套超过 ${payloadDepthMax} 层，请减少层数`,
    )
  if (bytes > payloadBytesMax)
    return worded(
      'SLU_PAYLOAD_LIMIT',
      `the value has more than ${payloadBytesMax} bytes; hand on a reference or fewer fields`,
      `数据超过 ${payloadBytesMax} 字节，请只传编号或减少字段`,
    )
  return null
}

/** Large values are measured once: they never change while they travel. Small ones are cheaper to measure than to look up. */
const measured = new WeakMap<object, number | 'deep'>()
const worthRemembering = 1_024

function sizeOf(data: Json): number | 'deep' {
  if (typeof data !== 'object' || data === null) return jsonBytes(data, runLimits.payloadBytesMax, runLimits.payloadDepthMax)
  const known = measured.get(data)
  if (known !== undefined) return known
  const size = jsonBytes(data, runLimits.payloadBytesMax, runLimits.payloadDepthMax)
  if (size === 'deep' || size > worthRemembering) measured.set(data, size)
  return size
}

/** Whether a run would grow too large to be stored, once this value stands in its outputs and on so many wires. */
export function stateOverflows(run: RunState, data: Json, wires: number): boolean {
  const size = bytesOf(data)
  let bytes = size * (wires + 1)
  if (bytes < checkedFrom) return false
  for (const id in run.tokens) bytes += bytesOf(run.tokens[id]?.input ?? null)
  for (const id in run.outputs) bytes += bytesOf(run.outputs[id] ?? null)
  for (const { input, output } of run.done ?? []) bytes += bytesOf(input) + bytesOf(output)
  for (const id in run.each) bytes += bytesOf(run.each[id]?.items ?? null)
  for (const id in run.scopes) {
    const item = run.scopes[id]?.item
    if (item === undefined) continue
    bytes += bytesOf(item.value)
    for (const node in item.outputs) bytes += bytesOf(item.outputs[node] ?? null)
  }
  return bytes > runLimits.stateBytesMax
}

/** Steps that hand on less than this are not worth a look at the whole run. */
const checkedFrom = 4_096

function bytesOf(data: Json): number {
  const size = sizeOf(data)
  return size === 'deep' ? runLimits.payloadBytesMax : size
}

/** Size as JSON, counted without building the text. Stops early above `max`. */
function jsonBytes(data: Json, max: number, depthMax: number): number | 'deep' {
  if (depthMax < 0) return 'deep'
  if (data === null || typeof data === 'boolean') return 5
  if (typeof data === 'number') return 8
  if (typeof data === 'string') return textBytes(data, max)
  let bytes = 2
  if (Array.isArray(data)) {
    for (const item of data as readonly Json[]) {
      const size = jsonBytes(item, max - bytes, depthMax - 1)
      if (size === 'deep') return size
      bytes += size + 1
      if (bytes > max) return bytes
    }
    return bytes
  }
  const object = data as { readonly [key: string]: Json }
  for (const key in object) {
    const size = jsonBytes(object[key] ?? null, max - bytes, depthMax - 1)
    if (size === 'deep') return size
    bytes += textBytes(key, max) + size + 2
    if (bytes > max) return bytes
  }
  return bytes
}

/** A UTF-16 unit takes at most 3 bytes in UTF-8, so short texts are not counted letter by letter. */
function textBytes(text: string, max: number): number {
  if (text.length * 3 + 2 <= max) return text.length + 2
  let bytes = 2
  for (let index = 0; index < text.length && bytes <= max; index++) {
    const unit = text.charCodeAt(index)
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3
  }
  return bytes
}
