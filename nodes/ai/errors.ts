import { defineErrors } from '@sluice/sdk'

export const errors = defineErrors({
  SLU_AI_CUSTOMER_MISSING: {
    terminal: true,
    http: 422,
    says: { en: 'The step knows no customer.', 'zh-CN': '该步骤不知道客户是谁。' },
    hint: { en: 'Fill in “Customer”, or start the run with an event about one.', 'zh-CN': '请填写“客户”，或用与客户有关的事件启动运行。' },
  },
  SLU_AI_MODEL_MISSING: {
    terminal: true,
    http: 409,
    says: { en: 'No model is connected.', 'zh-CN': '尚未连接模型。' },
    hint: {
      en: 'Set SLUICE_MODEL_URL, SLUICE_MODEL_KEY and SLUICE_MODEL, or use “Regenerate strategy”, which needs none.',
      'zh-CN': '请设置 SLUICE_MODEL_URL、SLUICE_MODEL_KEY 与 SLUICE_MODEL，或改用无需模型的“重新生成策略”。',
    },
  },
  SLU_AI_MODEL_UNAVAILABLE: {
    terminal: false,
    http: 504,
    says: { en: 'The model did not answer in time.', 'zh-CN': '模型未能及时应答。' },
    hint: {
      en: 'It is tried again as the step’s retry says; check the endpoint.',
      'zh-CN': '系统会按步骤的重试设置再次尝试；请检查模型地址。',
    },
  },
  SLU_AI_ANSWER_INVALID: {
    terminal: true,
    http: 502,
    says: { en: 'The model’s answer does not have the asked shape.', 'zh-CN': '模型的答案不符合要求的结构。' },
    hint: { en: 'Make the prompt or the schema simpler, or pick a stronger model.', 'zh-CN': '请简化提示词或结构，或选择更强的模型。' },
  },
})
