import type { Json } from '@sluice/sdk'

export interface DemoCustomer {
  readonly id: string
  readonly name: string
  readonly owner: string
  readonly language: 'en' | 'zh-CN'
  readonly region: string
  readonly account?: string
  readonly fields: { readonly [name: string]: Json }
  /** `purpose/scene`, given on the preference page. */
  readonly grants: readonly string[]
}

/** Nobody real: the mobile block 199 0000 is unassigned, the domains are reserved for examples. */
export const demoReps = [
  { id: 'd-r-1', name: '李娜', team: '华东', region: 'CN', language: 'zh-CN', deputy: 'd-r-2', manager: 'd-r-5' },
  { id: 'd-r-2', name: '陈浩', team: '华东', region: 'CN', language: 'zh-CN', deputy: 'd-r-1', manager: 'd-r-5' },
  { id: 'd-r-3', name: 'Marco Rossi', team: 'Berlin', region: 'DE', language: 'en', deputy: 'd-r-4' },
  { id: 'd-r-4', name: 'Lucas Martin', team: 'Lyon', region: 'FR', language: 'en', deputy: 'd-r-3' },
  { id: 'd-r-5', name: '林静', team: '华东', region: 'CN', language: 'zh-CN' },
] as const

const drive = 'recommendation/test_drive'
const quote = 'recommendation/quote_push'
const event = 'recommendation/event_invite'
const care = 'recommendation/aftersales_care'
const compare = 'recommendation/competitor_compare'
const finance = 'recommendation/finance_plan'
const community = 'recommendation/community'
const service = 'service_delivery/aftersales_care'
const risk = 'risk_modelling/finance_plan'

const chinese = (
  number: number,
  name: string,
  owner: string,
  city: string,
  more: DemoCustomer['fields'],
  grants: readonly string[],
): DemoCustomer => ({
  id: `d-${1000 + number}`,
  name,
  owner,
  language: 'zh-CN',
  region: 'CN',
  fields: {
    mobile: `1990000${1000 + number}`,
    email: `kehu${1000 + number}@example.cn`,
    wechat: `oDemo${1000 + number}_openid`,
    city,
    ...more,
  },
  grants,
})

const european = (
  number: number,
  name: string,
  owner: string,
  region: string,
  city: string,
  mobile: string,
  more: DemoCustomer['fields'],
  grants: readonly string[],
): DemoCustomer => ({
  id: `d-${1000 + number}`,
  name,
  owner,
  language: 'en',
  region,
  fields: { mobile, email: `customer${1000 + number}@example.com`, city, ...more },
  grants,
})

export const demoCustomers: readonly DemoCustomer[] = [
  chinese(1, '李雷', 'd-r-1', '上海', { model: 'Aurora L', budget: 320_000, income: 480_000 }, [drive, quote, event, service]),
  chinese(2, '韩梅', 'd-r-1', '杭州', { model: 'Terra 5', budget: 260_000, competitor: 'Vento GT' }, [drive, quote, compare, service]),
  chinese(3, '欧阳雨桐', 'd-r-1', '苏州', { model: 'Aurora S', budget: 410_000, income: 760_000 }, [drive, quote, finance, risk, service]),
  chinese(4, '张伟', 'd-r-2', '南京', { model: 'City E', current_car: 'City C' }, [care, community, service]),
  chinese(5, '刘思远', 'd-r-2', '北京', { model: 'Terra 7', budget: 520_000, last_visit: '2026-01-12' }, [quote, event]),
  chinese(6, '赵佳怡', 'd-r-2', '深圳', { model: 'Vento GT', budget: 380_000 }, [drive, event, community]),
  chinese(7, '周浩然', 'd-r-1', '成都', { current_car: 'Terra 5', plate: '川A12345' }, [service]),
  european(8, 'Jonas Müller', 'd-r-3', 'DE', 'Berlin', '+4930231250018', { model: 'Aurora L', budget: 62_000 }, [drive, quote, service]),
  european(9, 'Marie Schröder', 'd-r-3', 'DE', 'Potsdam', '+4930231250019', { model: 'City E', budget: 31_000, income: 54_000 }, [
    quote,
    finance,
    service,
  ]),
  european(10, 'Camille Lefèvre', 'd-r-4', 'FR', 'Lyon', '+33639980110', { model: 'Terra 5', competitor: 'Aurora S' }, [
    compare,
    drive,
    event,
  ]),
  european(11, 'Niccolò Rossi', 'd-r-4', 'IT', 'Torino', '+390110000111', { current_car: 'Vento GT', last_visit: '2026-02-03' }, [
    care,
    service,
  ]),
  european(12, 'Zofia Nowak', 'd-r-4', 'PL', 'Kraków', '+48000000112', { model: 'Aurora S', budget: 48_000 }, []),
]
