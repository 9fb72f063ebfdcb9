import { defineNode, help, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'

/** Starts a run by hand, from the editor or the API. */
export const manual = defineNode({
  type: 'core.manual',
  version: 1,
  label: words('Start by hand', '手动启动'),
  summary: words('Starts when a person or program asks for it.', '由人员或程序手动启动。'),
  keywords: ['manual', 'button', 'run', 'form', '手工', '按钮', '运行', '表单'],
  category: 'trigger',
  silhouette: 'trigger',
  icon: 'play',
  config: Type.Object(
    {
      input: Type.Optional(
        Type.Record(Type.String(), Type.Any(), {
          ...ui('form', 'Asks for', '启动时填写'),
          ...help('What has to be filled in to start', '启动时需要填写的内容'),
          'x-deferred': true,
        }),
      ),
    },
    { additionalProperties: false },
  ),
  input: false,
  ports: [{ name: 'out', label: words('Input', '输入') }],
  effect: 'none',
  behaviour: 'trigger',
  labels: { origin: 'person' },
  sentence: (_config, language) => (language === 'en' ? 'When started by hand' : '手动启动时'),
  trigger: { eventTypes: () => [], matches: () => false },
})
