import type { JsonObject } from '@sluice/flows'
import { expect, test } from 'vitest'
import { classify } from '../classify.ts'
import { compileTotal } from '../compile-expression.ts'
import { evaluateDocument } from '../evaluate-with-jsonata.ts'
import { parseExpression } from '../parse.ts'

/** The sample documents of jsonata's own documentation. */
const address: JsonObject = {
  FirstName: 'Fred',
  Surname: 'Smith',
  Age: 28,
  Address: { Street: 'Hursley Park', City: 'Winchester', Postcode: 'SO21 2JN' },
  Phone: [
    { type: 'home', number: '0203 544 1234' },
    { type: 'office', number: '01962 001234' },
    { type: 'office', number: '01962 001235' },
    { type: 'mobile', number: '077 7700 1234' },
  ],
  Email: [
    { type: 'work', address: ['fred.smith@my-work.com', 'fsmith@my-work.com'] },
    { type: 'home', address: ['freddy@my-social.com', 'frederic.smith@very-serious.com'] },
  ],
  Other: { 'Over 18 ?': true, Misc: null, 'Alternative.Address': { Street: 'Brick Lane', City: 'London', Postcode: 'E1 6RF' } },
}

const product = (name: string, colour: string, price: number, quantity: number, weight: number) => ({
  'Product Name': name,
  ProductID: price * 100,
  SKU: `sku-${name}`,
  Description: { Colour: colour, Width: 300, Height: 200, Depth: 210, Weight: weight },
  Price: price,
  Quantity: quantity,
})

const invoice: JsonObject = {
  Account: {
    'Account Name': 'Firefly',
    Order: [
      { OrderID: 'order103', Product: [product('Bowler Hat', 'Purple', 34.45, 2, 0.75), product('Trilby hat', 'Orange', 21.67, 1, 0.6)] },
      { OrderID: 'order104', Product: [product('Bowler Hat', 'Purple', 34.45, 4, 0.75), product('Cloak', 'Black', 107.99, 1, 2)] },
    ],
  },
  numbers: [1, 2, 3, 4, 5],
  nested: [[1, 2], [3, [4, 5]], []],
  text: '  Hello   World  ',
  mixed: [{ a: 1 }, { a: [2, 3] }, { b: 4 }, 5, null, 'six', [{ a: 7 }]],
  empty: [],
  nothing: {},
  zero: 0,
  no: false,
}

const onAddress = `Surname | Age | Address.City | Other.Misc | Other.Nothing | Other.\`Over 18 ?\` | Other."Over 18 ?" | Phone[0] | Phone[1] | Phone[-1] | Phone[-2]
Phone[8] | Phone[0].number | Phone.number | Phone.number[0] | (Phone.number)[0] | Phone[[0..1]] | Phone[type='mobile'] | Phone[type='mobile'].number
Phone[type='office'].number | Address.Street & ', ' & Address.City | FirstName & ' ' & Surname | 5&true | Age + 1 | -Age | Age % 5 | Age > 30 | Age <= 28
"fred.smith@my-work.com" in Email.address | Email.address | Email[0].address | Email[0].address[1] | Email[[0..1]].address | Email.[address] | [Email.address]
[Address, Other.\`Alternative.Address\`].City | {"name": FirstName, "phones": Phone.number} | Phone{type: number} | Phone{type: number[]} | Phone.{type: number}
$string(Age) | $count(Phone) | $join(Phone.number, ', ') | $uppercase(Surname) | $substring(Surname, 1, 2) | $length(FirstName) | $exists(Other.Misc) | $exists(Nope)
Age > 18 and Surname = 'Smith' | Age < 18 or $exists(Nope) | Age > 18 ? 'adult' : 'minor' | Age > 40 ? 'old' | ($x := Age; $x * 2) | $keys(Address) | $lookup(Address, 'City')
Phone^(number).type | Phone^(>number).type | Phone^(type, >number).number | Phone[type='office']^(>number)[0].number | $not(Other.\`Over 18 ?\`) | $boolean(Phone)
Phone[].number | Phone[0][].number | Nope ?? 'default' | Age ?: 0 | Nope ?: 'x' | FirstName ~> $uppercase | Surname ~> $substring(0, 2) | $merge(Phone) | $type(Age)
Phone.$uppercase(type) | Phone.(number & '/' & type) | Phone[number.$contains('001')].number | $distinct(Phone.type) | $split(Surname, '') | $reverse(Phone.type) | Phone.[type, number]
$zip([1, 2], ['a', 'b']) | $spread(Address) | [1..5] | [1..3, 7] | [5..1] | $sort(Phone.number) | $toMillis('2017-11-07T15:07:54.972Z') | $number('12') | $number('0x10')`

const onInvoice = `Account.Order.Product.Price | $sum(Account.Order.Product.(Price * Quantity)) | Account.Order[0].Product[0].Price | Account.Order.Product[0].Price
(Account.Order.Product)[0].Price | Account.Order.Product[Price > 30].\`Product Name\` | Account.Order.Product[Price > 30 and Quantity > 2].Price
Account.Order.Product{\`Product Name\`: Price} | Account.Order.Product{\`Product Name\`: $sum(Price)} | Account.Order.Product{\`Product Name\`: {"Price": Price, "Qty": Quantity}}
Account.Order.{"id": OrderID, "total": $sum(Product.(Price * Quantity))} | Account.Order.Product^(Price).Price | Account.Order.Product^(>Price, Quantity).ProductID
$max(Account.Order.Product.Price) | $min(Account.Order.Product.Price) | $average(numbers) | $round($average(Account.Order.Product.Price), 2) | Account.Order.[OrderID]
Account.Order.[Product.Price] | [Account.Order.OrderID] | Account.Order.Product[$lowercase(Description.Colour) = 'purple'][0].Price | nested | nested[0] | nested[1][1]
nested.$ | nested.$sum($) | $string(nested) | $count(nested) | numbers[$ > 2] | numbers[[0, 2]] | numbers[-1] | numbers[1.7] | numbers.($ * 2) | numbers[$ = 9]
mixed.a | mixed[a].a | mixed[0] | mixed[$type($) = 'string'] | $trim(text) | $pad('x', 5, '-') | $pad('x', -5) | empty | empty[0] | empty.a | nothing | nothing.a
$boolean(empty) | $boolean(nothing) | $boolean([0, 0]) | $boolean([0, 1]) | zero or no | not.here.at.all | $string(nothing) | $string([1.1, 2, "x"]) | 0.1 + 0.2 & '' | 10 / 3 & ''
numbers = [1, 2, 3, 4, 5] | {"a": 1, "b": [1, 2]} = {"b": [1, 2], "a": 1} | [] = [] | numbers != [] | 'a' < 'b' | 3 in numbers | nothing in numbers
$replace('a-b-c', '-', '+') | $replace('a-b-c', '-', '+', 1) | $substringBefore('a-b', '-') | $substringAfter('a-b', '-') | $formatNumber(12345.6, '#,##0.00') | $formatBase(255, 16)
$append(numbers, 6) | $append(nope, 6) | $append([1], nope) | $sqrt(16) | $power(2, 8) | $floor(1.7) | $ceil(1.2) | $abs(-3) | $round(2.5) | $round(3.5) | $fromMillis(1510067557121)
$fromMillis(1510067557121, '[Y]/[M01]/[D01]') | ($a := [1, 2]; $b := $a; $append($b, $a)) | (1; 2; 3) | () | [] | {} | [[1], [2]] | [[]] | [nope] | {"a": nope}
Account.(Order.Product.Price) | Account.Order.Product.Price[0] | $keys(mixed) | $merge(mixed[$type($) = 'object']) | $error('stop') | $assert(false, 'no') | "a" + 1 | 1 + nope | nope + nope
-"a" | 1 > "a" | {1: 2} | {"a": 1, "a": 2} | $sum("a") | $uppercase(1) | $sort(mixed) | numbers^($ > 2) | mixed^(a) | 1e308 * 10 | $power(10, 400) | $toMillis('x') | $clone(nothing)
$encodeUrlComponent('a b/ü') | $decodeUrlComponent('a%20b') | $string({"a": [1, {"b": null}]}, true) | $$.zero | $$.Account.Order[0].$$.zero | $.zero | numbers.$$.zero | $count(nope)
Account.Order[OrderID = "order104"].Product.(Quantity > 1 ? Price : Price * 2) | Account.Order.Product.($p := Price; $p * Quantity) | Account.Order.($o := $; $o.Product.Price)
$split('a,b,c', ',') | $split('a,b,c', ',', 2) | $join(['a', 'b']) | $join('a') | $distinct(numbers) | $distinct(Account.Order.Product.Price) | $millis() | $now() | numbers ~> $sum ~> $string`

function listed(table: string): string[] {
  return table
    .split(/\n| \| /)
    .map((source) => source.trim())
    .filter((source) => source !== '')
}

const cases = [
  ...listed(onAddress).map((source) => [source, address] as const),
  ...listed(onInvoice).map((source) => [source, invoice] as const),
]

test.each(cases)('%s gives what jsonata gives', async (source, document) => {
  const parsed = parseExpression(source)
  if (!parsed.ok) throw new Error(`${source}: ${JSON.stringify(parsed.error)}`)
  expect(classify(parsed.ast, parsed.names)).toEqual({ kind: 'total' })
  const now = 1_700_000_000_000
  const before = JSON.stringify(document)
  const ours = compileTotal(parsed.ast)(document, now)
  const theirs = await evaluateDocument(source, document, now)
  if (theirs.ok) expect(ours).toEqual(theirs)
  else expect(ours).toMatchObject({ ok: false, error: { code: theirs.error.code, reason: theirs.error.reason } })
  expect(JSON.stringify(document)).toBe(before)
})
