import { words } from '@sluice/sdk'

/** What a showroom's other systems tell, as the shipped flows listen for it; each with an example that sets those flows off. */
export const salesEvents = [
  {
    type: 'message.received',
    label: words('A customer wrote', '客户来信'),
    sample: { subject: 'c-1001', data: { text: '价格太高了 (too expensive)', quote: { amount: 31_900_000, currency: 'CNY' } } },
  },
  {
    type: 'quote.requested',
    label: words('A quote is wanted', '申请报价'),
    sample: { subject: 'c-1001', data: { model: 'Terra 5', discount: 600_000, currency: 'CNY', author: 'r-1' } },
  },
  {
    type: 'test_drive.completed',
    label: words('A test drive is over', '试驾完成'),
    sample: { subject: 'c-1001', data: { model: 'Terra 5' } },
  },
  {
    type: 'complaint.received',
    label: words('A customer complains', '客户投诉'),
    sample: { subject: 'c-1001', data: { summary: '后门有异响 (noise at the rear door)' } },
  },
] as const
