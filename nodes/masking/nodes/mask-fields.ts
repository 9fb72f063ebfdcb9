import { defineNode, help, output, shown, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'
import { maskFields } from '../domain/mask-fields.ts'

/** Hides fields of the data on the wire; everything after this step sees the masked copy. */
export const maskFieldsNode = defineNode({
  type: 'masking.mask-fields',
  version: 1,
  label: words('Mask fields', '字段脱敏'),
  summary: words('Hides fields before the next steps see them.', '在后续步骤看到之前隐藏指定字段。'),
  keywords: ['mask', 'hide', 'privacy', 'anonymise', 'redact', '脱敏', '数据脱敏', '屏蔽', '隐藏', '隐私', '打码'],
  category: 'consent',
  silhouette: 'consent',
  icon: 'eye-off',
  config: Type.Object(
    {
      fields: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        ...ui('fields', 'Fields to mask', '要脱敏的字段'),
        ...help('A name hits that field everywhere; customer.mobile only there', '仅写名称则处处生效；写 customer.mobile 则仅该处'),
        minItems: 1,
        maxItems: 64,
        uniqueItems: true,
      }),
      keepLast: Type.Optional(
        Type.Integer({
          ...ui('number', 'Keep the last', '保留末尾'),
          ...help('Characters of a text that stay readable; empty hides it whole', '文本末尾可见的字符数；留空则整体隐藏'),
          minimum: 0,
          maximum: 8,
        }),
      ),
    },
    { additionalProperties: false },
  ),
  ports: [{ name: 'out', label: words('Masked', '已脱敏') }],
  effect: 'none',
  labels: {
    declassifies: true,
    protects: 'mask',
    masks: ({ fields }) => (Array.isArray(fields) ? fields.filter((name): name is string => typeof name === 'string') : []),
  },
  sentence: (config, language) => (language === 'en' ? `Hides ${shown(config.fields)}` : `隐藏 ${shown(config.fields)}`),
  run: ({ config, input }) => {
    const { data, masked } = maskFields(input, { fields: config.fields, keepLast: config.keepLast ?? 0 })
    return output(data, { masked })
  },
})
