import { type Random, seeded } from './random.ts'

/** One synthetic customer. Numbers and addresses lie in ranges that no real person owns. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly language: 'zh-CN' | 'en'
  readonly region: string
  readonly city: string
  readonly owner: string
  readonly mobile: string
  readonly email: string
  /** WeChat OpenID; Chinese customers only. */
  readonly openid: string
  /** Yearly income, whole units of the local currency. */
  readonly income: number
  readonly budget: number
  readonly model: string
  /** Granted cells, `purpose:scene`. */
  readonly consents: readonly string[]
}

const chineseSurnames = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '黄',
  '赵',
  '吴',
  '周',
  '徐',
  '孙',
  '马',
  '朱',
  '胡',
  '郭',
  '何',
  '高',
  '林',
  '罗',
  '欧阳',
  '司马',
  '上官',
]
const chineseGiven = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '丽',
  '强',
  '磊',
  '军',
  '洋',
  '勇',
  '艳',
  '杰',
  '娟',
  '涛',
  '明',
  '超',
  '秀英',
  '建国',
  '晓东',
  '雨桐',
  '梓涵',
  '浩然',
  '子轩',
  '思远',
  '佳怡',
  '欣怡',
  '俊杰',
  '雪梅',
  '文静',
]
const chineseCities = ['北京', '上海', '广州', '深圳', '杭州', '成都', '南京', '武汉', '西安', '苏州', '重庆', '青岛']

interface EuropeanPlace {
  readonly region: string
  readonly city: string
  readonly domain: string
  readonly first: readonly string[]
  readonly last: readonly string[]
  /** Numbers set aside for fiction by the national regulator, or unassigned. */
  readonly phone: (random: Random) => string
}

const digits = (random: Random, count: number): string => String(random.whole(0, 10 ** count - 1)).padStart(count, '0')

const european: readonly EuropeanPlace[] = [
  {
    region: 'DE',
    city: 'Berlin',
    domain: 'beispiel',
    first: ['Anna', 'Jonas', 'Lena', 'Felix', 'Marie', 'Paul', 'Jürgen'],
    last: ['Müller', 'Schmidt', 'Weber', 'Wagner', 'Becker', 'Schröder', 'Groß'],
    phone: (random) => `+493023125${digits(random, 3)}`,
  },
  {
    region: 'DE',
    city: 'München',
    domain: 'beispiel',
    first: ['Sophie', 'Lukas', 'Emma', 'Maximilian'],
    last: ['Huber', 'Bauer', 'Maier', 'Fischer'],
    phone: (random) => `+498999998${digits(random, 3)}`,
  },
  {
    region: 'FR',
    city: 'Lyon',
    domain: 'exemple',
    first: ['Camille', 'Léa', 'Hugo', 'Chloé', 'Louis', 'Noémie'],
    last: ['Martin', 'Bernard', 'Dubois', 'Lefèvre', 'Moreau', 'Garçon'],
    phone: (random) => `+33639980${digits(random, 3)}`,
  },
  {
    region: 'ES',
    city: 'Sevilla',
    domain: 'ejemplo',
    first: ['Lucía', 'Mateo', 'Sofía', 'Íñigo'],
    last: ['García López', 'Martínez Ruiz', 'Muñoz Gil'],
    phone: (random) => `+34600000${digits(random, 3)}`,
  },
  {
    region: 'IT',
    city: 'Torino',
    domain: 'esempio',
    first: ['Giulia', 'Leonardo', 'Chiara', 'Niccolò'],
    last: ['Rossi', 'Russo', "D'Angelo", 'Esposito'],
    phone: (random) => `+39011000${digits(random, 4)}`,
  },
  {
    region: 'PL',
    city: 'Kraków',
    domain: 'przyklad',
    first: ['Zofia', 'Jakub', 'Małgorzata', 'Paweł'],
    last: ['Nowak', 'Kowalska', 'Wiśniewski', 'Wójcik'],
    phone: (random) => `+48000000${digits(random, 3)}`,
  },
]

const cars = ['Aurora L', 'Aurora S', 'Terra 5', 'Terra 7', 'City E', 'Vento GT']
const scenes = ['test_drive', 'quote_push', 'competitor_compare', 'finance_plan', 'aftersales_care', 'event_invite', 'community'] as const

/** Share of customers who granted each recommendation scene, in the order of `scenes`. */
const willingness = [0.81, 0.64, 0.22, 0.3, 0.7, 0.55, 0.4]

function consentsOf(random: Random): string[] {
  const cells = scenes.filter((_, index) => random.chance(willingness[index] ?? 0)).map((scene) => `recommendation:${scene}`)
  cells.push('service_delivery:aftersales_care')
  if (random.chance(0.18)) cells.push('risk_modelling:finance_plan')
  if (random.chance(0.06)) cells.push('third_party_sharing:finance_plan')
  // The story withdraws quote push, so that everybody must have granted it once.
  if (!cells.includes('recommendation:quote_push')) cells.push('recommendation:quote_push')
  return cells
}

function openIdOf(random: Random): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'
  let id = 'o'
  for (let index = 0; index < 27; index += 1) id += alphabet[random.whole(0, alphabet.length - 1)]
  return id
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()

function chinesePerson(index: number, random: Random, reps: readonly string[]): Person {
  const number = String(index).padStart(4, '0')
  return {
    id: `c-${number}`,
    name: random.pick(chineseSurnames) + random.pick(chineseGiven),
    language: 'zh-CN',
    region: 'CN',
    city: random.pick(chineseCities),
    owner: random.pick(reps),
    // 1990000xxxx: an unassigned block, so that no text could ever reach a person.
    mobile: `1990000${number}`,
    email: `kehu${number}@example.cn`,
    openid: openIdOf(random),
    income: random.whole(8, 90) * 10_000,
    budget: random.whole(10, 60) * 10_000,
    model: random.pick(cars),
    consents: consentsOf(random),
  }
}

function europeanPerson(index: number, random: Random, reps: readonly string[]): Person {
  const number = String(index).padStart(4, '0')
  const place = random.pick(european)
  const first = random.pick(place.first)
  const last = random.pick(place.last)
  return {
    id: `c-${number}`,
    name: `${first} ${last}`,
    language: 'en',
    region: place.region,
    city: place.city,
    owner: random.pick(reps),
    mobile: place.phone(random),
    email: `${plain(first)}.${plain(last)}.${number}@${place.domain}.example`,
    openid: '',
    income: random.whole(24, 180) * 1_000,
    budget: random.whole(15, 90) * 1_000,
    model: random.pick(cars),
    consents: consentsOf(random),
  }
}

/** `count` people, about two thirds Chinese; equal seeds give equal people. */
export function makePeople(count: number, seed: number, reps: readonly string[]): Person[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, at) =>
    random.chance(0.65) ? chinesePerson(at + 1, random, reps) : europeanPerson(at + 1, random, reps),
  )
}

const columns = [
  'id',
  'name',
  'language',
  'region',
  'city',
  'owner',
  'mobile',
  'email',
  'wechat',
  'income',
  'budget',
  'model',
  'consents',
] as const

/** The customer file a dealership would export: RFC 4180, UTF-8, consents as `purpose:scene` joined by `|`. */
export function toCsv(people: readonly Person[]): string {
  const cell = (value: string | number): string => {
    const text = String(value)
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  const lines = people.map((person) =>
    [
      person.id,
      person.name,
      person.language,
      person.region,
      person.city,
      person.owner,
      person.mobile,
      person.email,
      person.openid,
      person.income,
      person.budget,
      person.model,
      person.consents.join('|'),
    ]
      .map(cell)
      .join(','),
  )
  return `${columns.join(',')}\n${lines.join('\n')}\n`
}
