import { defineCatalogue, row } from './define.ts'

/** Notices on people's devices. */
export const pushErrors = defineCatalogue({
  SLU_PUSH_OFF: row(
    409,
    ['Notices on devices are switched off in this workspace', '此工作区未开启设备通知'],
    ['An admin switches them on under Settings › Workspace', '请管理员在“设置 › 工作区”中开启'],
  ),
  SLU_PUSH_HOST: {
    ...row(
      422,
      ['The push service of this browser is not on the list', '此浏览器的推送服务不在允许列表中'],
      [
        'An admin adds its host under Settings › Workspace, or use another browser',
        '请管理员在“设置 › 工作区”中添加该主机，或换用其他浏览器',
      ],
    ),
    detail: { en: '{host} is not on the list', 'zh-CN': '{host} 不在列表中' },
  },
  SLU_PUSH_LIMIT: {
    ...row(
      409,
      ['You have notices on as many devices as is possible', '您开启通知的设备已达上限'],
      ['Switch them off on a device you no longer use', '请在不再使用的设备上关闭通知'],
    ),
    detail: { en: '{limit} devices are the most', 'zh-CN': '最多 {limit} 台设备' },
  },
  SLU_PUSH_PERSON: row(
    403,
    ['Only a person can be told on a device', '只有人员账号才能在设备上接收通知'],
    ['Sign in as a person; a token has no device', '请使用人员账号登录；令牌没有对应的设备'],
  ),
})
