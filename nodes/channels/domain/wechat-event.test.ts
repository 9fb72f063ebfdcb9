import { expect, test } from 'vitest'
import { revokedCategories } from './revoke-info.ts'
import { pushKey, readWechatEvent } from './wechat-event.ts'

const fields = {
  MsgType: 'event',
  Event: 'user_authorization_revoke',
  OpenID: 'o-77',
  AppID: 'wx13aa',
  CreateTime: '1772420399',
  RevokeInfo: '8',
}

test('code 8 takes back the mobile number and nothing else', () => {
  expect(revokedCategories('8')).toEqual({ all: false, categories: ['contact.mobile'] })
})

test('several codes are joined and doubled categories count once', () => {
  expect(revokedCategories('14,15,16')).toEqual({ all: false, categories: ['contact.email', 'media.file'] })
})

test('301, an unknown code and no code at all take back everything', () => {
  for (const info of ['301', '8,999', '', '8,constructor']) expect(revokedCategories(info)).toEqual({ all: true })
})

test('a push repeated by the platform has the same key, another second has another', () => {
  const first = readWechatEvent(fields, 'wx13aa')
  const again = readWechatEvent({ ...fields }, 'wx13aa')
  const later = readWechatEvent({ ...fields, CreateTime: '1772420400' }, 'wx13aa')
  if (first === null || again === null || later === null || first === 'malformed' || again === 'malformed' || later === 'malformed')
    throw new Error('these are authorisation events')
  expect(pushKey(again)).toBe(pushKey(first))
  expect(pushKey(later)).not.toBe(pushKey(first))
})

test('messages about other things are none of ours', () => {
  expect(readWechatEvent({ ...fields, Event: 'subscribe' }, 'wx13aa')).toBeNull()
  expect(readWechatEvent({ ...fields, MsgType: 'text' }, 'wx13aa')).toBeNull()
})

test('a push for another app, without a person or without a time is malformed', () => {
  expect(readWechatEvent(fields, 'wx-other')).toBe('malformed')
  expect(readWechatEvent({ ...fields, OpenID: '../../etc' }, 'wx13aa')).toBe('malformed')
  expect(readWechatEvent({ ...fields, CreateTime: 'soon' }, 'wx13aa')).toBe('malformed')
})
