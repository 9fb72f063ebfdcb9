import { defineNode, help, type Json, stopRun, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'

/** Ends the whole run well; other lines are cancelled. */
export const stop = defineNode({
  type: 'core.stop',
  version: 1,
  label: words('Stop', '结束'),
  summary: words('Ends the whole run as succeeded.', '结束整个运行，状态为成功。'),
  keywords: ['end', 'finish', 'return', '完成', '终止', '返回'],
  category: 'flow',
  silhouette: 'action',
  icon: 'circle-stop',
  config: Type.Object(
    {
      output: Type.Optional(
        Type.Any({ ...ui('value', 'Output of the run', '运行结果'), ...help('Empty: what came in here', '留空则使用本步骤的输入') }),
      ),
    },
    { additionalProperties: false },
  ),
  ports: [],
  effect: 'none',
  sentence: (_config, language) => (language === 'en' ? 'Ends the run' : '结束运行'),
  run: ({ config, input }) => stopRun((config.output === undefined ? input : config.output) as Json),
})
