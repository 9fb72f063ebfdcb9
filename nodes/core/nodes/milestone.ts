import { defineNode, help, shown, ui, waitForMilestone, words } from '@sluice/sdk'
import { Type } from 'typebox'

/** Goes on only while another line of the run stands at a certain step. */
export const milestone = defineNode({
  type: 'core.milestone',
  version: 1,
  label: words('Milestone', '里程碑'),
  summary: words(
    'Goes on while another line stands at a certain step, and another way once that can no longer be.',
    '当另一条分支停在指定步骤时继续；若已不可能，则走另一条路。',
  ),
  keywords: ['state', 'while', 'deadline', 'depends on', 'place', '状态', '期间', '依赖', '阶段'],
  category: 'flow',
  silhouette: 'decision',
  icon: 'flag',
  config: Type.Object(
    {
      step: Type.String({
        ...ui('step', 'While at step', '停在步骤'),
        ...help('The step where the other line has to be', '另一条分支须停在的步骤'),
        pattern: '^[A-Za-z][A-Za-z0-9_-]{0,63}$',
      }),
    },
    { additionalProperties: false },
  ),
  ports: [
    { name: 'out', label: words('Reached', '已到达') },
    { name: 'missed', label: words('Missed', '已错过') },
  ],
  effect: 'none',
  labels: { gives: 'input', takes: () => ({ for: 'time', ms: null }) },
  behaviour: 'milestone',
  sentence: (config, language) => (language === 'en' ? `While at ${shown(config.step)}` : `停在 ${shown(config.step)} 期间`),
  run: ({ config }) => waitForMilestone(config.step),
})
