import { defineErrors, words } from '@sluice/sdk'

/** What alerts and messages answer with. */
export const errors = defineErrors({
  SLU_ALERT_UNKNOWN: {
    terminal: true,
    http: 404,
    says: words('No such alert', '没有该提醒'),
    hint: words('It may belong to somebody else or have been removed', '它可能属于他人或已被删除'),
  },
  SLU_ALERT_NOT_YOURS: {
    terminal: true,
    http: 403,
    says: words('This alert is addressed to somebody else', '该提醒的接收人不是您'),
    hint: words('The addressee, whoever it was passed on to, or an admin may acknowledge it', '仅接收人、被转交人或管理员可以确认'),
  },
  SLU_ALERT_ACKNOWLEDGED: {
    terminal: true,
    http: 409,
    says: words('This alert is acknowledged already', '该提醒已被确认'),
    hint: words('Nothing is left to do', '无需再次操作'),
  },
  SLU_ALERT_DEADLINE: {
    terminal: true,
    http: 422,
    says: words('The time limit is no duration', '时限不是有效时长'),
    hint: words('Use an ISO 8601 duration such as PT5M', '请使用 ISO 8601 时长，例如 PT5M'),
  },
  SLU_ALERT_TEXT: {
    terminal: true,
    http: 422,
    says: words('The alert has no text or too much of it', '提醒内容为空或过长'),
    hint: words('Give between 1 and 4,000 characters', '请填写 1 至 4,000 个字符'),
  },
  SLU_MESSAGE_TIME: {
    terminal: true,
    http: 422,
    says: words('The time to send is no instant', '发送时间无效'),
    hint: words('Use an instant such as 2026-03-02T03:00:00Z', '请使用时刻，例如 2026-03-02T03:00:00Z'),
  },
  SLU_CHANNEL_URL: {
    terminal: true,
    http: 422,
    says: words('The channel’s address is no https address', '渠道地址不是 https 地址'),
    hint: words('Start it with https://', '请以 https:// 开头'),
  },
  SLU_CHANNEL_UNKNOWN: {
    terminal: true,
    http: 404,
    says: words('No such channel', '没有该渠道'),
    hint: words('Connect it in Settings first', '请先在“设置”中连接'),
  },
  SLU_CHANNEL_SECRET: {
    terminal: true,
    http: 422,
    says: words('The channel’s signing secret is missing', '缺少渠道签名密钥'),
    hint: words('Store the secret under the name the channel gives', '请按渠道中的名称保存密钥'),
  },
  SLU_CHANNEL_REFUSED: {
    terminal: false,
    http: 502,
    says: words('The channel did not take the message', '渠道未接收该消息'),
    hint: words(
      'It is tried again by the step’s retry rule; look at the channel’s own log if it stays so',
      '将按重试规则重试；若仍失败请查看渠道日志',
    ),
  },
})
