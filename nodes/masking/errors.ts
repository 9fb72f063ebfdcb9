import { defineErrors, words } from '@sluice/sdk'

/** What masking answers with. */
export const errors = defineErrors({
  SLU_MASK_TEXT_SIZE: {
    terminal: true,
    http: 422,
    says: words('The text is too long to be masked at once', '文本过长，无法一次脱敏'),
    hint: words('Split it into parts of at most 200,000 characters', '请拆分为不超过 200,000 个字符的片段'),
  },
})
