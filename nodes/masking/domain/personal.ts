import type { Json, JsonObject } from '@sluice/sdk'
import { marker } from './mask-fields.ts'
import { maskedText } from './mask-text.ts'

/** Names of fields that hold personal data wherever they appear, without case and underscores. */
const personalNames = new Set(
  'name fullname firstname lastname givenname familyname mobile phone tel telephone landline email mail wechat wechatid openid unionid qq address street home postcode idnumber idcard residentid passport license birthday birthdate dateofbirth dob age gender income salary assets creditscore bankcard cardnumber iban account plate licenseplate vin location lat lng ip device imei mac health religion 姓名 手机 手机号 电话 邮箱 地址 身份证 身份证号 生日 收入 车牌 微信'.split(
    ' ',
  ),
)

/** Takes personal fields out of any JSON value, and structured personal data out of its texts. */
export function redactPersonal(value: Json, reason: 'policy' | 'frozen' | 'no_consent' = 'no_consent', depth = 0): Json {
  if (typeof value === 'string') return maskedText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > 32) return marker(reason)
  if (Array.isArray(value)) return value.map((item) => redactPersonal(item, reason, depth + 1))
  const entries = Object.entries(value as JsonObject).map(([key, item]) => [key, redactField(key, item, reason, depth)] as const)
  return Object.fromEntries(entries)
}

function redactField(key: string, value: Json, reason: 'policy' | 'frozen' | 'no_consent', depth: number): Json {
  if (key === '$masked' || value === null) return value
  return personalNames.has(key.toLowerCase().replace(/[_\s-]/g, '')) ? marker(reason) : redactPersonal(value, reason, depth + 1)
}
