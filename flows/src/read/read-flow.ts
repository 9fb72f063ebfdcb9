import { FlowDefinition, flowFormat, flowLimits } from '../definition.ts'
import type { JsonObject, Text } from '../json.ts'
import { checkSchema } from '../schema/check-schema.ts'
import { isObject, type Schema } from '../schema/parts.ts'
import type { SchemaProblem } from '../schema/problem.ts'
import { findAmbiguous } from './find-ambiguous.ts'
import { findUnsafe } from './find-unsafe.ts'
import { locateJson, placeAt } from './locate.ts'
import { type FlowFileProblem, fileProblem } from './problems.ts'
import { checkWiring } from './wiring.ts'

export type ReadFlow =
  | { readonly ok: true; readonly flow: FlowDefinition }
  | { readonly ok: false; readonly problems: readonly FlowFileProblem[] }

const schema = FlowDefinition as unknown as Schema

/**
 * Reads a flow file, as text or as a parsed value. Refuses everything that the format does not know, with the exact path;
 * nothing is dropped or mended silently. Unknown node types are fine here: they are kept, shown and block publishing.
 */
export function readFlow(input: unknown): ReadFlow {
  return typeof input === 'string' ? readText(input) : readValue(input)
}

function readText(file: string): ReadFlow {
  // Some editors begin a file with a byte order mark, which RFC 8259 lets a reader pass over.
  const text = file.startsWith('\ufeff') ? file.slice(1) : file
  const bytes = utf8Bytes(text)
  if (bytes > flowLimits.fileBytesMax) return refused([tooLarge(bytes)])
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refused([notJson(text)])
  }
  const read = readValue(value)
  const ambiguous = read.ok ? findAmbiguous(text) : null
  if (ambiguous !== null) return refused(located([ambiguous], text))
  return read.ok ? read : refused(located(read.problems, text))
}

function readValue(value: unknown): ReadFlow {
  const unsafe = findUnsafe(value)
  if (unsafe !== null) return refused([unsafe])
  if (!isObject(value)) return refused([fileProblem('SLU_FLOW_NOT_A_FLOW', '', notAFlow)])
  const format = formatProblem(value)
  if (format !== null) return refused([format])
  const problems = checkSchema(schema, value).map((problem) => schemaProblem(problem, value))
  if (problems.length > 0) return refused(problems)
  const flow = value as unknown as FlowDefinition
  const wiring = checkWiring(flow)
  return wiring.length > 0 ? refused(wiring) : { ok: true, flow }
}

function refused(problems: readonly FlowFileProblem[]): ReadFlow {
  return { ok: false, problems }
}

function formatProblem({ format }: JsonObject): FlowFileProblem | null {
  if (format === flowFormat) return null
  const version = typeof format === 'string' ? /^sluice\/flow@(\d{1,9})$/.exec(format) : null
  if (version === null) return fileProblem('SLU_FLOW_NOT_A_FLOW', '/format', notAFlow)
  return fileProblem('SLU_FLOW_FORMAT_NEWER', '/format', {
    en: `The file has the format ${version[0]}; this version reads ${flowFormat}. Update Sluice to open it`,
    'zh-CN': `文件格式为 ${version[0]}，当前版本只能读取 ${flowFormat}，请升级 Sluice 后打开`,
  })
}

const notAFlow = {
  en: `This is no Sluice flow: its format is not ${flowFormat}`,
  'zh-CN': `这不是 Sluice 流程文件：格式不是 ${flowFormat}`,
}

function schemaProblem({ code, path, message }: SchemaProblem, value: JsonObject): FlowFileProblem {
  const said = code === 'SLU_SCHEMA_REQUIRED' ? (otherLanguage(path) ?? message) : message
  return fileProblem(code.replace('SLU_SCHEMA_', 'SLU_FLOW_'), path, said, ownerOf(path, value))
}

/** Of a text in one language only: whoever has no second one may still write it. */
function otherLanguage(path: string): Text | null {
  const language = /\/(?:name|description)\/(en|zh-CN)$/.exec(path)?.[1]
  if (language === undefined) return null
  return {
    en: `“${language}” is missing: a text in languages has both, { "en": …, "zh-CN": … }; one text for everybody is written without them, "name": "…"`,
    'zh-CN': `缺少“${language}”：分语言的文本须同时包含两种语言 { "en": …, "zh-CN": … }；不区分语言时可直接写成文本 "name": "…"`,
  }
}

/** The node or wire a path lies in, so that the canvas can mark it. */
function ownerOf(path: string, value: JsonObject): { readonly node?: string; readonly edge?: number } {
  const [, list, index] = path.split('/')
  if (list === 'edges' && index !== undefined) return { edge: Number(index) }
  if (list !== 'nodes' || index === undefined || !Array.isArray(value.nodes)) return {}
  const node: unknown = value.nodes[Number(index)]
  return isObject(node) && typeof node.id === 'string' ? { node: node.id } : {}
}

function tooLarge(bytes: number): FlowFileProblem {
  const { fileBytesMax } = flowLimits
  return fileProblem('SLU_FLOW_TOO_LARGE', '', {
    en: `The file has ${bytes} bytes, at most ${fileBytesMax} are allowed: split the flow into sub-flows`,
    'zh-CN': `文件有 ${bytes} 字节，最多 ${fileBytesMax} 字节，请拆分为子流程`,
  })
}

function notJson(text: string): FlowFileProblem {
  const place = placeAt(text, locateJson(text, new Set()).broken ?? 0)
  const message = {
    en: `The file is not valid JSON at line ${place.line}, column ${place.column}`,
    'zh-CN': `文件不是有效的 JSON:第 ${place.line} 行第 ${place.column} 列`,
  }
  return { ...fileProblem('SLU_FLOW_NOT_JSON', '', message), ...place }
}

/** Adds line and column. What is missing stands where its owner does. */
function located(problems: readonly FlowFileProblem[], text: string): readonly FlowFileProblem[] {
  const paths = problems.map(({ path }) => path ?? '')
  const { found } = locateJson(text, new Set(paths.flatMap(withParents)))
  return problems.map((problem) => {
    const at = withParents(problem.path ?? '').find((path) => found.has(path))
    return at === undefined ? problem : { ...problem, ...placeAt(text, found.get(at) ?? 0) }
  })
}

function withParents(path: string): readonly string[] {
  const paths = [path]
  for (let rest = path; rest !== ''; ) {
    rest = rest.slice(0, rest.lastIndexOf('/'))
    paths.push(rest)
  }
  return paths
}

function utf8Bytes(text: string): number {
  if (text.length * 3 <= flowLimits.fileBytesMax) return text.length
  let bytes = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    // Each half of a surrogate pair counts two of its four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3
  }
  return bytes
}
