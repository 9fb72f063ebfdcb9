import { defineErrors } from '@sluice/sdk'

export const errors = defineErrors({
  SLU_WECHAT_APP_UNKNOWN: {
    terminal: true,
    http: 404,
    says: { en: 'This WeChat app is not connected.', 'zh-CN': '该微信应用尚未接入。' },
    hint: { en: 'Connect it under Settings → Connections with its token.', 'zh-CN': '请在“设置 → 连接”中填入该应用的 Token。' },
  },
  SLU_WECHAT_SIGNATURE: {
    terminal: true,
    http: 401,
    says: { en: 'The signature does not fit the push.', 'zh-CN': '推送的签名不正确。' },
    hint: {
      en: 'Compare the token in WeChat and in Settings → Connections.',
      'zh-CN': '请核对微信后台与“设置 → 连接”中的 Token 是否一致。',
    },
  },
  SLU_WECHAT_DECRYPT: {
    terminal: true,
    http: 400,
    says: { en: 'The encrypted push cannot be opened.', 'zh-CN': '加密推送无法解密。' },
    hint: { en: 'Compare the EncodingAESKey and the app id.', 'zh-CN': '请核对 EncodingAESKey 与 AppID。' },
  },
  SLU_WECHAT_MESSAGE: {
    terminal: true,
    http: 400,
    says: { en: 'The push is not in the platform’s documented form.', 'zh-CN': '推送内容不符合平台文档的格式。' },
    hint: { en: 'Send XML or JSON as the platform documents it.', 'zh-CN': '请按平台文档发送 XML 或 JSON。' },
  },
  SLU_WECHAT_SETTINGS: {
    terminal: true,
    http: 422,
    says: { en: 'The app’s settings are not complete.', 'zh-CN': '应用设置不完整。' },
    hint: {
      en: 'The EncodingAESKey has 43 letters and digits; the token 3 to 32.',
      'zh-CN': 'EncodingAESKey 为 43 位字母或数字，Token 为 3 到 32 位。',
    },
  },
})
