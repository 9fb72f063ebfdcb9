import { checkSchema, type JsonObject, propertySchema, type Schema } from '@sluice/flows'
import { compileExpression } from '../expression/index.ts'
import { asked, type CheckedNode, isTrigger } from './checked-node.ts'
import { about, fixes, type Report } from './report.ts'

/** A node's own settings: the schema, its expressions, and what its pack checks beyond both. */
export function checkConfig(node: CheckedNode, report: Report): void {
  const { facts, index } = node
  if (facts === null) {
    report.add(
      'error',
      'SLU_FLOW_NODE_TYPE',
      { node: index, path: '/type' },
      about(
        [node.name],
        (it) => `“${it}” is of a type that is not installed: ${node.definition.type}`,
        (it) => `「${it}」的类型未安装：${node.definition.type}`,
      ),
      fixes.remove,
    )
    return
  }
  if (!node.enabled) return
  const schemaProblems = checkSchema(facts.config as Schema, node.config, { expressionsAllowed: true, defaultsFill: true })
  for (const { code, path, message } of schemaProblems) {
    report.add('error', code, { node: index, path: `/config${path}` }, message, fixes.jump)
  }
  for (const { code, path, message, position } of node.compiledConfig.problems) {
    if (schemaProblems.some((said) => said.path === path)) continue
    const where = { node: index, path: `/config${path}`, ...(position === null ? {} : { position }) }
    report.add('error', code, where, message, fixes.jump)
  }
  checkDeferred(node, facts.config as Schema, report)
  checkRetry(node, report)
  // The pack may rely on what its schema promises.
  if (schemaProblems.length === 0) checkByPack(node, report)
}

function checkByPack(node: CheckedNode, report: Report): void {
  const problems = asked(() => node.facts?.check?.(node.config) ?? [], { index: node.index, type: node.definition.type }, report) ?? []
  for (const { severity, code, path = '', message, fix } of problems) {
    report.add(severity, code, { node: node.index, path: `/config${path}` }, message, fix ?? fixes.jump)
  }
}

/** Expressions that the engine evaluates later, per event: at once or not at all. */
function checkDeferred({ index, config }: CheckedNode, schema: Schema, report: Report): void {
  if (!defers(schema)) return
  for (const key of Object.keys(config)) {
    const part = propertySchema(schema, key)
    if (part?.['x-deferred'] === true && part.format === 'expression') checkEventExpression(config, key, { index, base: '/config' }, report)
  }
}

const deferring = new WeakMap<Schema, boolean>()

/** Few types have such a field: asked once per type. */
function defers(schema: Schema): boolean {
  let known = deferring.get(schema)
  if (known === undefined) {
    known = JSON.stringify(schema).includes('"x-deferred"')
    deferring.set(schema, known)
  }
  return known
}

export function checkEventExpression(
  owner: JsonObject,
  key: string,
  at: { readonly index?: number; readonly base: string },
  report: Report,
): void {
  const source = owner[key]
  if (typeof source !== 'string' || source.trim() === '') return
  const where = { ...(at.index === undefined ? {} : { node: at.index }), path: `${at.base}/${key}` }
  const compiled = compileExpression(source)
  if (!compiled.ok) {
    if (at.index === undefined) report.add('error', compiled.error.code, where, compiled.error.message, fixes.jump)
    return
  }
  const { reason } = compiled.expression
  if (reason !== null) {
    const message = about(
      [reason],
      (why) => `This condition runs for every event and must be simple; ${why}`,
      (why) => `该条件会对每个事件执行，必须简单：${why}`,
    )
    report.add('error', 'SLU_FLOW_EXPRESSION_NOT_TOTAL', where, message, fixes.jump)
  }
  for (const read of compiled.expression.references.reads) {
    const [first] = read.path
    if (first !== undefined && first !== 'event' && first !== 'now' && first !== 'input') {
      const message = {
        en: `${read.path.join('.')} does not exist here: only the event is known`,
        'zh-CN': `此处没有 ${read.path.join('.')}，只能使用 event`,
      }
      report.add('error', 'SLU_FLOW_REFERENCE', where, message, fixes.jump)
    }
  }
}

function checkRetry(node: CheckedNode, report: Report): void {
  if ((node.definition.retry?.attempts ?? 1) <= 1) return
  if (isTrigger(node) || node.behaviour === 'join') {
    const message = about(
      [node.name],
      (it) => `“${it}” never fails, so it is never retried`,
      (it) => `「${it}」不会失败，重试设置不起作用`,
    )
    report.add('warning', 'SLU_FLOW_RETRY_UNUSED', { node: node.index, path: '/retry' }, message)
  } else if (node.effect === 'unsafe') {
    const message = about(
      [node.name],
      (it) => `“${it}” could act twice, so only a person can have it tried again`,
      (it) => `「${it}」重复执行可能产生两次影响，只能由人员决定重试`,
    )
    report.add('warning', 'SLU_FLOW_RETRY_UNSAFE', { node: node.index, path: '/retry' }, message)
  }
}
