import { defineNode, help, inLanguages, isExpression, options, shown, ui, words } from '@sluice/sdk'
import { Type } from 'typebox'

/** Channels with a name of their own. Others are welcome: a channel is what settings connect. */
const channelLabels = {
  sms: words('Text message', '短信'),
  email: words('E-mail', '电子邮件'),
  wechat: words('WeChat', '微信'),
  wecom: words('WeCom', '企业微信'),
  app: words('App push', '应用推送'),
}

export const CustomerConfig = Type.Object(
  {
    customer: Type.String({
      ...ui('customer', 'Customer', '客户'),
      ...help('Empty: the customer this run is about.', '留空：本次运行所涉客户。'),
      minLength: 1,
      maxLength: 200,
      default: '{% event.subject %}',
    }),
    channel: Type.String({
      ...ui('select', 'Channel', '渠道'),
      ...options(channelLabels),
      pattern: '^[a-z][a-z0-9_-]{0,63}$',
      maxLength: 64,
    }),
    /** In both languages each customer reads theirs. */
    text: inLanguages('Text', '内容', { minLength: 1, maxLength: 4_000 }),
    purpose: Type.String({ ...ui('purpose', 'Purpose', '用途'), minLength: 1, maxLength: 64 }),
    scene: Type.String({ ...ui('scene', 'Scene', '场景'), minLength: 1, maxLength: 64 }),
    session: Type.Optional(
      Type.String({
        ...ui('text', 'Session', '会话'),
        ...help('Only for consent given in one conversation', '仅用于单次会话授权'),
        maxLength: 200,
      }),
    ),
    sendAt: Type.Optional(
      Type.String({
        ...ui('instant', 'Send at', '发送时间'),
        ...help('Empty: at once. Consent is checked when it leaves', '留空则立即发送；发出时检查授权'),
        maxLength: 64,
      }),
    ),
  },
  { additionalProperties: false },
)

/** Writes to a customer, if the customer allows it at the moment it leaves. */
export const notifyCustomer = defineNode({
  type: 'notify.customer',
  version: 1,
  label: words('Message customer', '联系客户'),
  summary: words('Sends a message if the customer’s consent allows it.', '在客户授权允许时发送消息。'),
  keywords: ['send', 'sms', 'email', 'mail', 'wechat', 'marketing', '发送', '短信', '邮件', '微信', '营销'],
  category: 'message',
  silhouette: 'consent',
  icon: 'send',
  config: CustomerConfig,
  ports: [
    { name: 'out', label: words('Sent', '已发送') },
    { name: 'blocked', label: words('Not allowed', '未获授权') },
  ],
  effect: 'idempotent',
  labels: {
    reads: ['contact'],
    gives: 'new',
    reaches: 'customer',
    sends: ['text'],
    use: ({ purpose, scene }) => (typeof purpose === 'string' && typeof scene === 'string' ? { purpose, scene } : null),
  },
  sentence: (config, language) => {
    const channel = typeof config.channel === 'string' ? channelLabels[config.channel as keyof typeof channelLabels] : undefined
    const by = channel?.[language] ?? shown(config.channel)
    const purpose = typeof config.purpose === 'string' && !isExpression(config.purpose) ? config.purpose : null
    if (language === 'en') return `By ${by}, if ${purpose ?? 'that'} is allowed`
    return purpose === null ? `获得授权时以${by}发送` : `“${purpose}”获得授权时以${by}发送`
  },
})
