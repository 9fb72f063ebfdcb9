import type { Text } from '@sluice/sdk'
import type { Purpose } from './grid.ts'

/** A kind of personal data. `level` 0 (public) to 4 (never leaves a vault). */
export interface DataCategory {
  readonly label: Text
  readonly level: 0 | 1 | 2 | 3 | 4
  readonly sensitive: boolean
}

const category = (en: string, zh: string, level: DataCategory['level'], sensitive = false): DataCategory => ({
  label: { en, 'zh-CN': zh },
  level,
  sensitive,
})

export const dataCategories = {
  'identity.profile': category('Nickname and avatar', '昵称与头像', 1),
  'identity.document': category('Identity document', '证件信息', 4, true),
  'contact.mobile': category('Mobile number', '手机号', 2),
  'contact.email': category('E-mail address', '邮箱', 2),
  'contact.wechat': category('WeChat identity', '微信标识', 2),
  'contact.address': category('Postal address', '通讯地址', 2),
  'vehicle.plate': category('Number plate', '车牌号', 2),
  'vehicle.interest': category('Vehicle interest', '购车意向', 1),
  'behaviour.visits': category('Visits and test drives', '到店与试驾记录', 1),
  'behaviour.community': category('Community activity', '社群互动记录', 1),
  'finance.income': category('Income', '收入', 3, true),
  'finance.budget': category('Budget and price', '预算与报价', 2),
  'finance.invoice': category('Invoice data', '发票信息', 2),
  'finance.card': category('Cards and coupons', '卡券', 2),
  'location.track': category('Location', '地理位置', 3, true),
  'media.camera': category('Camera images', '摄像头影像', 3),
  'media.microphone': category('Voice recordings', '麦克风录音', 3, true),
  'media.file': category('Chosen images and files', '所选图片与文件', 2),
  'device.bluetooth': category('Bluetooth device', '蓝牙设备', 1),
  'health.steps': category('Step count', '运动步数', 3, true),
} as const satisfies { readonly [code: string]: DataCategory }

export type CategoryCode = keyof typeof dataCategories

export function isCategory(code: unknown): code is CategoryCode {
  return typeof code === 'string' && Object.hasOwn(dataCategories, code)
}

export const neededByChannel: { readonly [channel: string]: readonly CategoryCode[] } = {
  sms: ['contact.mobile'],
  call: ['contact.mobile'],
  email: ['contact.email'],
  wechat: ['contact.wechat'],
  post: ['contact.address'],
}

/** Data a channel cannot do without. Contract work rests on another basis than consent and is not stopped by a category. */
export function categoriesNeeded(purpose: Purpose, channel: string | undefined): readonly CategoryCode[] {
  if (purpose === 'service_delivery' || channel === undefined) return []
  return neededByChannel[channel] ?? []
}
