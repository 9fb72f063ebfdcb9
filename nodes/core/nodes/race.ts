import { defineNode, output, words } from '@sluice/sdk'
import { Type } from 'typebox'

/** Starts several waits; the first that ends goes on, and the core ends the others. */
export const race = defineNode({
  type: 'core.race',
  version: 1,
  label: words('Race', '竞速'),
  summary: words(
    'Starts the steps behind it together; the first that is done goes on, the others are withdrawn.',
    '同时启动后面的各个步骤，最先完成的继续，其余全部撤回。',
  ),
  keywords: ['first', 'deferred choice', 'whichever comes first', 'event gateway', 'timeout', '最先', '延迟选择', '先到先得', '超时'],
  category: 'flow',
  silhouette: 'decision',
  icon: 'flag',
  config: Type.Object({}, { additionalProperties: false }),
  ports: [{ name: 'out', label: words('Each of them', '各个步骤') }],
  effect: 'none',
  behaviour: 'race',
  sentence: (_config, language) => (language === 'en' ? 'The first of the next steps wins' : '后续步骤中最先完成的一个继续'),
  run: ({ input }) => output(input),
})
