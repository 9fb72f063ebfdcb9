import { pointer } from '../pointer.ts'
import { isReservedKey } from '../reserved-key.ts'
import { type FlowFileProblem, fileProblem } from './problems.ts'

const depthMax = 64

/** The first thing that is no plain JSON, nests too deeply, or has a name that could change how programs read it. */
export function findUnsafe(value: unknown, path = '', depth = 0): FlowFileProblem | null {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return null
  if (typeof value === 'number') return Number.isFinite(value) ? null : fileProblem('SLU_FLOW_NOT_JSON', path, notFinite)
  if (typeof value !== 'object') return fileProblem('SLU_FLOW_NOT_JSON', path, notPlain)
  if (depth >= depthMax) return fileProblem('SLU_FLOW_TOO_DEEP', path, tooDeep)
  if (Array.isArray(value)) return inList(value, path, depth)
  return inObject(value as Readonly<Record<string, unknown>>, path, depth)
}

function inList(list: readonly unknown[], path: string, depth: number): FlowFileProblem | null {
  for (let index = 0; index < list.length; index++) {
    const problem = findUnsafe(list[index], '', depth + 1)
    // The path is put together only on the way out: a good file never pays for it.
    if (problem !== null) return { ...problem, path: `${pointer(path, index)}${problem.path ?? ''}` }
  }
  return null
}

function inObject(object: Readonly<Record<string, unknown>>, path: string, depth: number): FlowFileProblem | null {
  const prototype: unknown = Object.getPrototypeOf(object)
  if (prototype !== null && prototype !== Object.prototype && Object.getPrototypeOf(prototype) !== null) {
    return fileProblem('SLU_FLOW_NOT_JSON', path, notPlain)
  }
  for (const key of Object.keys(object)) {
    if (isReservedKey(key)) return fileProblem('SLU_FLOW_RESERVED_KEY', pointer(path, key), reserved(key))
    if (object[key] === undefined) continue
    const problem = findUnsafe(object[key], '', depth + 1)
    if (problem !== null) return { ...problem, path: `${pointer(path, key)}${problem.path ?? ''}` }
  }
  return null
}

const notFinite = { en: 'A number must be finite', 'zh-CN': '数字必须是有限数' }
const notPlain = { en: 'Only plain JSON values are allowed here', 'zh-CN': '此处只允许普通 JSON 值' }
const tooDeep = { en: `The file nests deeper than ${depthMax} levels`, 'zh-CN': `文件嵌套超过 ${depthMax} 层` }
const reserved = (key: string) => ({ en: `The name ${key} is not allowed`, 'zh-CN': `不允许使用名称 ${key}` })
