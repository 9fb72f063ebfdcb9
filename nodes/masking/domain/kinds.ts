import type { PiiKind } from './finding.ts'

/** Short names, for placeholders and reports. */
export const kindLabels: { readonly [Kind in PiiKind]: { readonly en: string; readonly 'zh-CN': string } } = {
  'cn-mobile': { en: 'mobile', 'zh-CN': '手机' },
  phone: { en: 'phone', 'zh-CN': '电话' },
  'cn-resident-id': { en: 'id', 'zh-CN': '身份证' },
  'cn-id-15': { en: 'id', 'zh-CN': '身份证' },
  'bank-card': { en: 'card', 'zh-CN': '银行卡' },
  iban: { en: 'account', 'zh-CN': '账户' },
  email: { en: 'e-mail', 'zh-CN': '邮箱' },
  'cn-plate': { en: 'plate', 'zh-CN': '车牌' },
  vin: { en: 'vin', 'zh-CN': '车架号' },
  'eu-vat': { en: 'vat', 'zh-CN': '税号' },
  'cn-credit-code': { en: 'company', 'zh-CN': '统一信用代码' },
  passport: { en: 'passport', 'zh-CN': '护照' },
  'travel-permit': { en: 'permit', 'zh-CN': '通行证' },
  'wechat-id': { en: 'wechat', 'zh-CN': '微信' },
  'qq-id': { en: 'qq', 'zh-CN': 'QQ' },
  'cn-name': { en: 'name', 'zh-CN': '姓名' },
  ip: { en: 'ip', 'zh-CN': 'IP' },
  mac: { en: 'mac', 'zh-CN': 'MAC' },
  imei: { en: 'device', 'zh-CN': '设备号' },
  'birth-date': { en: 'birthday', 'zh-CN': '生日' },
  'cn-address': { en: 'address', 'zh-CN': '地址' },
  'digit-run': { en: 'number', 'zh-CN': '号码' },
}
