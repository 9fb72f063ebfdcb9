import { defineNode, help, type Json, output, shown, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'

/** Goes on with a value made from what is known. */
export const transform = defineNode({
  type: 'core.transform',
  version: 1,
  label: words('Transform', '数据转换'),
  summary: words('Makes the data that the next steps need.', '生成后续步骤需要的数据。'),
  keywords: ['map', 'set', 'compute', 'jsonata', 'build', '映射', '赋值', '计算', '组装'],
  category: 'data',
  silhouette: 'action',
  icon: 'braces',
  config: Type.Object(
    {
      value: Type.Any({
        ...ui('value', 'Value', '取值'),
        ...help('A literal, or an expression between {% and %}', '字面值，或写在 {% 与 %} 之间的表达式'),
      }),
    },
    { additionalProperties: false },
  ),
  ports: [{ name: 'out', label: words('Value', '结果') }],
  effect: 'none',
  labels: { gives: 'config.value' },
  sentence: (config, language) => {
    const value = typeof config.value === 'string' ? config.value.replace(/^\s*\{%\s*|\s*%\}\s*$/g, '') : config.value
    return language === 'en' ? `Makes ${shown(value)}` : `生成 ${shown(value)}`
  },
  run: ({ config }) => output((config.value ?? null) as Json),
})
