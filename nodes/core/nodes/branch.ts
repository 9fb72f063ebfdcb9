import { condition, defineNode, help, leave, shown, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'
import { isTrue } from '../domain/truth.ts'

/** Two ways out: the condition holds or not. What came in goes on unchanged. */
export const branch = defineNode({
  type: 'core.branch',
  version: 1,
  label: words('Branch', '条件分支'),
  summary: words('Goes one way when the condition holds, another when not.', '条件成立走一路，否则走另一路。'),
  keywords: ['if', 'condition', 'decision', 'yes no', '如果', '判断', '是否', '条件'],
  category: 'decide',
  silhouette: 'decision',
  icon: 'split',
  config: Type.Object(
    {
      when: Type.Any({
        ...ui('expression', 'Condition', '条件'),
        ...condition,
        ...help('For example input.amount > 100000', '例如 input.amount > 100000'),
        format: 'expression',
      }),
    },
    { additionalProperties: false },
  ),
  ports: [
    { name: 'true', label: words('Yes', '是') },
    { name: 'false', label: words('No', '否') },
  ],
  effect: 'none',
  labels: { gives: 'input', decides: ['when'] },
  sentence: (config, language) => {
    const condition = typeof config.when === 'string' ? config.when.replace(/^\s*\{%\s*|\s*%\}\s*$/g, '') : config.when
    return language === 'en' ? `If ${shown(condition)}` : `如果 ${shown(condition)}`
  },
  run: ({ config, input }) => {
    const holds = isTrue(config.when)
    return leave(holds ? 'true' : 'false', input, { condition: holds })
  },
})
