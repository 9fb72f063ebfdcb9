import { defineNode, failure, help, options, output, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'
import { maskText, textCharsMax } from '../domain/mask-text.ts'

const styleLabels = {
  view: words('Partly: 138****8000', '部分可见：138****8000'),
  placeholder: words('Named: <mobile#1>', '占位符：<手机#1>'),
}

/** Hides phone numbers, IDs, cards and the like inside free text. */
export const maskTextNode = defineNode({
  type: 'masking.mask-text',
  version: 1,
  label: words('Mask text', '文本脱敏'),
  summary: words('Finds and hides personal data inside a text.', '识别并隐藏文本中的个人信息。'),
  keywords: ['pii', 'mask', 'redact', 'chat', 'phone', 'id card', '脱敏', '屏蔽', '打码', '手机号', '身份证', '银行卡', '聊天'],
  category: 'consent',
  silhouette: 'consent',
  icon: 'scan-eye',
  config: Type.Object(
    {
      text: Type.String({ ...ui('template', 'Text', '文本'), format: 'template' }),
      style: Type.Optional(
        Type.Union([Type.Literal('view'), Type.Literal('placeholder')], {
          ...ui('select', 'Shown as', '显示方式'),
          ...options(styleLabels),
          default: 'view',
        }),
      ),
      confidence: Type.Optional(
        Type.Number({
          ...ui('number', 'From confidence', '置信度下限'),
          ...help('0.4 hides all that might be personal, 0.7 only what surely is', '0.4 隐藏所有疑似信息，0.7 仅隐藏较确定的信息'),
          minimum: 0.1,
          maximum: 1,
          default: 0.4,
        }),
      ),
    },
    { additionalProperties: false },
  ),
  ports: [{ name: 'out', label: words('Masked', '已脱敏') }],
  effect: 'none',
  labels: { declassifies: true, masks: () => 'text' },
  sentence: (config, language) => {
    if (config.style === 'placeholder') return language === 'en' ? 'Personal data becomes placeholders' : '个人信息替换为占位符'
    return language === 'en' ? 'Hides personal data in the text' : '隐藏文本中的个人信息'
  },
  run: ({ config }) => {
    if (config.text.length > textCharsMax)
      return failure('SLU_MASK_TEXT_SIZE', words(`The text has more than ${textCharsMax} characters.`, `文本超过 ${textCharsMax} 个字符。`))
    const { text, findings } = maskText(config.text, { style: config.style ?? 'view', confidenceMin: config.confidence ?? 0.4 })
    const found: { [kind: string]: number } = {}
    for (const { kind } of findings) found[kind] = (found[kind] ?? 0) + 1
    return output({ text, found }, { found })
  },
})
