import { FlowDefinition, FlowEdge, FlowGroup, FlowNode, FlowNote, FlowSettings, Retry } from './definition.ts'

const widthMax = 120

/** Field names in the order the format lists them. */
function orderOf(schema: { readonly properties: object }): readonly string[] {
  return Object.keys(schema.properties)
}

/** What a part of a flow file may hold, by the name of the list or field it stands in. Others keep the order they were written in. */
const orders: Readonly<Record<string, readonly string[]>> = {
  '': orderOf(FlowDefinition),
  nodes: orderOf(FlowNode),
  edges: orderOf(FlowEdge),
  groups: orderOf(FlowGroup),
  notes: orderOf(FlowNote),
  settings: orderOf(FlowSettings),
  retry: orderOf(Retry),
}

/**
 * A flow as file text: one fixed layout, so that two versions differ in the lines that differ. Short parts stand on one line,
 * long ones are broken; `config` and `parameters` keep the order their author chose. Reading it and writing it again gives the same bytes.
 */
export function writeFlow(flow: FlowDefinition): string {
  return `${broken(flow as unknown as Record<string, unknown>, '', 0)}\n`
}

function print(value: unknown, part: string, indent: number, room: number): string {
  const line = inline(value, part)
  if (line.length <= room || typeof value !== 'object' || value === null) return line
  return broken(value as Record<string, unknown>, part, indent)
}

function broken(value: Record<string, unknown> | readonly unknown[], part: string, indent: number): string {
  const pad = ' '.repeat(indent + 2)
  const end = ' '.repeat(indent)
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map((item) => pad + print(item, part, indent + 2, widthMax - indent - 3)).join(',\n')}\n${end}]`
  }
  const lines = membersOf(value as Record<string, unknown>, part).map(([key, item]) => {
    const name = `${pad}${JSON.stringify(key)}: `
    const below = partBelow(part, key)
    // The lists of a flow always have one entry a line.
    const room = part === '' && Array.isArray(item) && item.length > 0 ? 0 : widthMax - name.length - 1
    return name + print(item, below, indent + 2, room)
  })
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${end}}`
}

function inline(value: unknown, part: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => inline(item, part)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = membersOf(value as Record<string, unknown>, part)
  if (members.length === 0) return '{}'
  return `{ ${members.map(([key, item]) => `${JSON.stringify(key)}: ${inline(item, partBelow(part, key))}`).join(', ')} }`
}

/** `config` and `parameters` are foreign ground: a field called `retry` in there is none of ours. */
function partBelow(part: string, key: string): string {
  if (part === '') return key in orders && key !== 'retry' ? key : 'other'
  return part === 'nodes' && key === 'retry' ? 'retry' : 'other'
}

function membersOf(object: Record<string, unknown>, part: string): readonly (readonly [string, unknown])[] {
  const order = orders[part] ?? []
  const known = order.filter((key) => Object.hasOwn(object, key))
  const rest = Object.keys(object).filter((key) => !order.includes(key))
  return [...known, ...rest].filter((key) => object[key] !== undefined).map((key) => [key, object[key]] as const)
}
