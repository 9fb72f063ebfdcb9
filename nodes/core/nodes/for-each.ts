import { condition, defineNode, goThrough, help, type Json, options, shown, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'
import { isTrue } from '../domain/truth.ts'

const failureLabels = {
  stop: words('Stop, and fail as this step', '停止，并作为本步骤的失败处理'),
  collect: words('Keep the failure as the item’s result', '把失败作为该项的结果'),
}
const stopLabels = {
  cancel: words('Cancel items at work', '取消进行中的项'),
  finish: words('Let them end; their results do not count', '让其运行完，结果不计入'),
}

/** Runs the steps of a group once per item. The core starts, counts and ends the items; this step says which there are. */
export const forEach = defineNode({
  type: 'core.for-each',
  version: 1,
  label: words('For each', '逐项处理'),
  summary: words(
    'Runs the steps of a group once for each item of a list and goes on with the results.',
    '对列表中的每一项运行一次分组内的步骤，并汇总结果继续。',
  ),
  keywords: ['loop', 'map', 'list', 'items', 'parallel', 'batch', '循环', '遍历', '列表', '批量'],
  category: 'flow',
  silhouette: 'action',
  icon: 'repeat',
  config: Type.Object(
    {
      items: Type.Any({
        ...ui('expression', 'Items', '列表'),
        ...help(
          'A list, for example input.orders. Inside, a step sees item and index',
          '一个列表，例如 input.orders；分组内的步骤可使用 item 与 index',
        ),
        format: 'expression',
      }),
      group: Type.String({
        ...ui('group', 'Group', '分组'),
        ...help(
          'Its steps run once per item; one of them has no wire in front and is the first',
          '其中的步骤对每一项各运行一次，且只能有一个起始步骤',
        ),
        minLength: 1,
        maxLength: 64,
      }),
      concurrency: Type.Optional(Type.Integer({ ...ui('number', 'At once', '同时处理'), minimum: 1, maximum: 100, default: 10 })),
      stopWhen: Type.Optional(
        Type.Any({
          ...ui('expression', 'Stop when', '提前结束条件'),
          ...condition,
          ...help(
            'Asked after each item. vars.result, vars.item and vars.index are that item’s; vars.results, vars.ended (as they came) and vars.done say what is there',
            '每一项结束后判断。vars.result、vars.item、vars.index 为该项，vars.results（按列表顺序）、vars.ended（按完成顺序）与 vars.done 为已有结果',
          ),
          format: 'expression',
        }),
      ),
      whenStopped: Type.Optional(
        Type.Union([Type.Literal('cancel'), Type.Literal('finish')], {
          ...ui('select', 'The rest then', '其余各项'),
          ...options(stopLabels),
          default: 'cancel',
        }),
      ),
      growing: Type.Optional(
        Type.Boolean({
          ...ui('switch', 'Items may be added', '可追加新项'),
          ...help(
            'The list is read again after each item; what it has more at its end is worked through too',
            '每一项结束后重新读取列表，末尾新增的项也会处理',
          ),
          default: false,
        }),
      ),
      onItemError: Type.Optional(
        Type.Union([Type.Literal('stop'), Type.Literal('collect')], {
          ...ui('select', 'When an item fails', '某一项失败时'),
          ...options(failureLabels),
          default: 'stop',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  ports: [
    { name: 'out', label: words('All results', '全部结果') },
    { name: 'stopped', label: words('Stopped early', '提前结束') },
  ],
  effect: 'none',
  behaviour: 'each',
  sentence: (config, language) => {
    const items = typeof config.items === 'string' ? config.items.replace(/^\s*\{%\s*|\s*%\}\s*$/g, '') : config.items
    const group = typeof config.group === 'string' && config.group !== ''
    return language === 'en'
      ? `Runs ${group ? 'its group' : '…'} for each of ${shown(items)}`
      : `对 ${shown(items)} 的每一项运行${group ? '其分组' : ' …'}`
  },
  run: ({ config }) =>
    goThrough({
      items: listOf(config.items),
      concurrency: config.concurrency ?? 10,
      // The loop adds: and whenever a condition to stop is drawn, which gives nothing as long as nothing is done.
      reviewed: config.growing === true,
      collect: config.onItemError === 'collect',
      stop: isTrue(config.stopWhen),
      finish: config.whenStopped === 'finish',
    }),
})

/** As expressions count: one thing is a list of one, nothing is the empty list. */
function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
