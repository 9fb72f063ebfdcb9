import {
  condition,
  defineNode,
  flaw,
  help,
  type Json,
  type JsonObject,
  leave,
  type PortDefinition,
  type Problem,
  ui,
  words,
} from '@sluice/sdk'
import { Type } from 'typebox'
import { isTrue } from '../domain/truth.ts'

const portPattern = '^[A-Za-z][A-Za-z0-9_-]{0,63}$'

/** Several ways out: the first rule that holds decides. What came in goes on unchanged. */
export const switchNode = defineNode({
  type: 'core.switch',
  version: 1,
  label: words('Switch', '多路分支'),
  summary: words('Leaves by the first rule that holds, else by “else”.', '走第一条成立的规则；都不成立则走“其他”。'),
  keywords: ['case', 'route', 'rules', 'else if', '分流', '路由', '多条件', '规则'],
  category: 'decide',
  silhouette: 'decision',
  icon: 'waypoints',
  config: Type.Object(
    {
      rules: Type.Array(
        Type.Object(
          {
            when: Type.Any({ ...ui('expression', 'Condition', '条件'), ...condition, format: 'expression' }),
            port: Type.String({ ...ui('text', 'Way out', '出口'), pattern: portPattern }),
          },
          { additionalProperties: false },
        ),
        { ...ui('rules', 'Rules', '规则'), ...help('Read from top to bottom', '从上到下依次判断'), minItems: 1, maxItems: 64 },
      ),
    },
    { additionalProperties: false },
  ),
  ports: (config) => [...namedPorts(config), { name: 'else', label: words('Else', '其他') }],
  effect: 'none',
  labels: { gives: 'input', decides: ['rules'] },
  sentence: (config, language) => {
    const names = namedPorts(config).map((port) => port.name)
    return language === 'en' ? `First that holds: ${names.join(', ') || '…'}` : `依次判断：${names.join('、') || '…'}`
  },
  check: checkRules,
  run: ({ config, input }) => {
    const row = config.rules.findIndex((rule) => isTrue(rule.when))
    const port = config.rules[row]?.port ?? 'else'
    return leave(port, input, row < 0 ? { rule: 'else' } : { rule: row + 1 })
  },
})

function rulesOf(config: JsonObject): readonly JsonObject[] {
  const rules: Json | undefined = config.rules
  return Array.isArray(rules)
    ? rules.filter((rule): rule is JsonObject => typeof rule === 'object' && rule !== null && !Array.isArray(rule))
    : []
}

function namedPorts(config: JsonObject): readonly PortDefinition[] {
  const names = rulesOf(config).flatMap(({ port }) => (typeof port === 'string' && port !== '' && port !== 'else' ? [port] : []))
  return [...new Set(names)].map((name) => ({ name, label: name }))
}

function checkRules(config: JsonObject): readonly Problem[] {
  return rulesOf(config).flatMap(({ port }, row) => {
    if (port !== 'error') return []
    return [flaw('SLU_SWITCH_PORT', `/rules/${row}/port`, '“error” is taken by the error port.', '“error” 已用作错误出口。')]
  })
}
