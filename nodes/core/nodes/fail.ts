import { defineNode, failRun, help, shown, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'

/** Ends the whole run as failed, with a code that people can look up. */
export const fail = defineNode({
  type: 'core.fail',
  version: 1,
  label: words('Fail', '失败'),
  summary: words('Ends the whole run as failed, with a reason.', '结束整个运行，状态为失败并附原因。'),
  keywords: ['error', 'throw', 'abort', '错误', '中止', '抛出'],
  category: 'flow',
  silhouette: 'action',
  icon: 'circle-x',
  config: Type.Object(
    {
      code: Type.String({ ...ui('text', 'Code', '代码'), ...help('For example NO_STOCK', '例如 NO_STOCK'), minLength: 1, maxLength: 100 }),
      message: Type.String({ ...ui('template', 'Reason', '原因'), format: 'template', maxLength: 2_000 }),
    },
    { additionalProperties: false },
  ),
  ports: [],
  effect: 'none',
  sentence: (config, language) => (language === 'en' ? `Fails with ${shown(config.code)}` : `以 ${shown(config.code)} 失败`),
  run: ({ config }) => failRun(config.code, config.message),
})
