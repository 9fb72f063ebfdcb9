import type { dualTrack as english } from '../en/dual-track.ts'

export const dualTrack: Readonly<Record<keyof typeof english, string>> = {
  'settings.switches': '适用于所有流程的规则',
  'settings.dual-track': '双轨核验',
  'settings.dual-track.text': '开启后，所有流程中涉及高价值客户的核验，在核验人之后还须经总监确认。已发起的核验不受影响。',
  'settings.dual-track.is-on': '高价值客户的核验现须经总监确认',
  'settings.dual-track.is-off': '高价值客户按普通流程核验',
  'settings.dual-track.last': '上次更改：{person}，{when}',
}
