import { defineNode, durationPattern, flaw, type JsonObject, options, type Problem, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'

const modeLabels = {
  all: words('All that still run', '所有仍在运行的分支'),
  first: words('The first', '最先到达的一个'),
  n: words('A number of them', '其中若干个'),
}

/** Waits for parallel lines. The core decides when it passes; a line that ended or was skipped never blocks it. */
export const join = defineNode({
  type: 'core.join',
  version: 1,
  label: words('Join', '汇合'),
  summary: words('Waits for parallel lines and goes on with their results.', '等待并行分支，并汇总它们的结果。'),
  keywords: ['merge', 'wait all', 'gather', 'parallel', '合并', '等待全部', '并行', '汇总'],
  category: 'flow',
  silhouette: 'action',
  icon: 'merge',
  config: Type.Object(
    {
      mode: Type.Union([Type.Literal('all'), Type.Literal('first'), Type.Literal('n')], {
        ...ui('select', 'Waits for', '等待'),
        ...options(modeLabels),
        default: 'all',
      }),
      n: Type.Optional(Type.Integer({ ...ui('number', 'How many', '数量'), minimum: 1, maximum: 1_000 })),
      cancelRest: Type.Optional(Type.Boolean({ ...ui('switch', 'Cancel the rest', '取消其余分支'), default: false })),
      timeout: Type.Optional(Type.String({ ...ui('duration', 'At most', '最长等待'), pattern: durationPattern, maxLength: 64 })),
    },
    { additionalProperties: false },
  ),
  ports: (config) =>
    config.timeout === undefined
      ? [{ name: 'out', label: words('Together', '汇合') }]
      : [
          { name: 'out', label: words('Together', '汇合') },
          { name: 'timeout', label: words('Too late', '超时') },
        ],
  effect: 'none',
  behaviour: 'join',
  sentence: (config, language) => {
    if (config.mode === 'n') return language === 'en' ? `Waits for ${config.n ?? '…'} lines` : `等待 ${config.n ?? '…'} 个分支`
    if (config.mode === 'first') return language === 'en' ? 'Goes on with the first line' : '取最先到达的分支'
    return language === 'en' ? 'Waits for all lines that still run' : '等待所有仍在运行的分支'
  },
  check: checkJoin,
})

function checkJoin(config: JsonObject): readonly Problem[] {
  if (config.mode !== 'n' || typeof config.n === 'number') return []
  return [flaw('SLU_JOIN_COUNT', '/n', 'Say how many lines to wait for.', '请填写要等待的分支数量。')]
}
