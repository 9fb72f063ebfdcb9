import { describe, expect, test } from 'vitest'
import { maskedText, maskText } from './mask-text.ts'

const kinds = (text: string) => maskText(text).findings.map(({ kind }) => kind)

describe('the acceptance cases of domain/CONSENT.md', () => {
  test('40: a mobile and a resident ID in one sentence get their usual views', () => {
    expect(maskedText('手机13800138000,身份证11010519491231002X')).toBe('手机138****8000,身份证110*************2X')
  })

  test('40: an ID with a wrong last digit is no ID, but a long run of digits and hidden on the way out', () => {
    const { text, findings } = maskText('身份证110105194912310021')
    expect(findings.map(({ kind }) => kind)).toEqual(['digit-run'])
    expect(text).not.toContain('110105194912310021')
    expect(maskText('身份证110105194912310021', { confidenceMin: 0.7 }).findings).toEqual([])
  })

  test('41: a card number needs its check digit', () => {
    expect(maskedText('卡号4111111111111111')).toBe('卡号411111******1111')
    expect(kinds('卡号4111111111111112')).not.toContain('bank-card')
  })

  test('42: IBAN, VAT numbers and credit codes are told apart from look-alikes', () => {
    expect(maskedText('DE89370400440532013000')).toBe('DE89**************3000')
    expect(kinds('DE89370400440532013001')).not.toContain('iban')
    expect(kinds('DE136695976')).toEqual(['eu-vat'])
    expect(kinds('DE136695977')).not.toContain('eu-vat')
    expect(kinds('FR83404833048')).toEqual(['eu-vat'])
    expect(kinds('91350100M000100Y43')).toEqual(['cn-credit-code'])
    expect(kinds('91350100M000100Y44')).not.toContain('cn-credit-code')
  })

  test('45: full-width digits and hyphens do not hide a mobile', () => {
    expect(kinds('１３８００１３８０００')).toEqual(['cn-mobile'])
    expect(maskedText('１３８００１３８０００')).toBe('１３８****８０００')
    expect(maskedText('138-0013-8000')).toBe('138-****-8000')
  })
})

describe('the usual view of each kind', () => {
  test.each([
    ['+86 138 0013 8000', '+86 138 **** 8000'],
    ['0086-13800138000', '0086-138****8000'],
    ['请拨打 +49 30 901820', '请拨打 +49 ** ****20'],
    ['电话 010-62345678', '电话 ***-******78'],
    ['6222021001122334458', '622202*********4458'],
    ['卡 4111 1111 1111 1111 card', '卡 4111 11** **** 1111 card'],
    ['li.lei@example.com', 'l***@example.com'],
    ['DE89 3704 0044 0532 0130 00 is mine', 'DE89 **** **** **** **30 00 is mine'],
    ['京A12345', '京A***45'],
    ['粤BD12345', '粤B****45'],
    ['京A·12345', '京A·***45'],
    ['微信号:lilei_2024', '微信号:li******24'],
    ['QQ 123456789', 'QQ 12*****89'],
    ['来自 203.0.113.77 的访问', '来自 203.0.113.0/24 的访问'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['00:1A:2B:3C:4D:5E', '00:1A:2B:**:**:**'],
    ['IMEI 490154203237518', 'IMEI ***************'],
    ['护照 E12345678', '护照 *******78'],
    ['姓名:李雷', '姓名:李*'],
    ['联系人欧阳娜娜,电话', '联系人欧阳**,电话'],
    ['请联系李雷先生', '请联系李*先生'],
    ['出生日期:1990-05-17', '出生日期:1990-**-**'],
    ['家住北京市海淀区中关村大街27号', '家住北京市海淀区'],
    ['车架号 1M8GDM9AXKP042788', '车架号 1M8GDM9AXKP******'],
  ])('%s is shown as %s', (raw, shown) => {
    expect(maskedText(raw)).toBe(shown)
  })

  test('a sole trader is a person, a company is not', () => {
    expect(maskedText('91350100M000100Y43')).toBe('91350100M000100Y43')
    const soleTrader = '92350100M000100Y'
    const code = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']
      .map((last) => `${soleTrader}4${last}`)
      .find((text) => kinds(text).includes('cn-credit-code'))
    expect(maskedText(code ?? '')).toMatch(/^92\*{14}4.$/)
  })
})

describe('what must not be touched', () => {
  test.each([
    '订单 20260302',
    '价格 1,299,000 元',
    '会议 14:30-15:30',
    '版本 v1.2.3',
    '单价 3.14159265358979',
    'SLU_TASK_CHANGED',
    '第 12 号门',
  ])('%s stays', (text) => {
    expect(maskedText(text)).toBe(text)
  })

  test('what surrounds a finding keeps every character, emoji and full width included', () => {
    expect(maskedText('😀（電話：13800138000）😀')).toBe('😀（電話：138****8000）😀')
  })
})

describe('attempts to slip past', () => {
  test('invisible characters between digits do not help', () => {
    expect(maskedText('138\u200b0013\u20608000')).toBe('138****8000')
  })

  test('two numbers side by side are both found', () => {
    expect(kinds('13800138000 11010519491231002X')).toEqual(['cn-mobile', 'cn-resident-id'])
  })

  test('digits of other scripts count as digits', () => {
    expect(kinds('١٣٨٠٠١٣٨٠٠٠')).toEqual(['cn-mobile'])
  })
})

test('placeholders name the kind and stay the same for the same value', () => {
  const text = '李雷 13800138000 与 13900139000,回拨 138-0013-8000'
  expect(maskText(text, { style: 'placeholder' }).text).toBe('李雷 <手机#1> 与 <手机#2>,回拨 <手机#1>')
})

test('findings give kinds and places, never values', () => {
  const { findings } = maskText('手机13800138000')
  expect(findings).toEqual([{ kind: 'cn-mobile', confidence: 0.95, start: 2, end: 13 }])
})

// No timed assertion: what is not linear runs into the test's own time limit here.
test.each([
  ['digits', '1'],
  ['digit groups', '12 '],
  ['single digits', '1 '],
  ['at signs', 'a@'],
  ['dots', 'a.'],
  ['colons', 'ab:'],
  ['address words', '北京市海淀区'],
  ['district letters', '区路号弄'],
  ['plates', '京A'],
  ['IBAN heads', 'DE12'],
  ['WeChat words', '微信微信号'],
  ['names', '先生李李李'],
])('a hundred thousand characters of %s end', (_name, unit) => {
  const text = unit.repeat(Math.ceil(100_000 / unit.length))
  expect(maskText(text).text.length).toBeGreaterThan(0)
})
