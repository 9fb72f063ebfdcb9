import { currencyDecimals, parseMoney } from '@sluice/sdk'
import { useState } from 'react'
import { useT } from '../app/i18n/index.ts'
import { plainAmount } from './plain-amount.ts'
import { TextField, type TextFieldProps } from './TextField.tsx'

export interface MoneyFieldProps extends Omit<TextFieldProps, 'value' | 'onChange' | 'inputMode' | 'description'> {
  /** Whole minor units. */
  readonly value: number | undefined
  readonly currency: string
  readonly description?: string | undefined
  readonly onChange: (amount: number | undefined) => void
}

/** Amounts are whole minor units in the data and decimals on the screen; 1.5万 is understood in any language. */
export function MoneyField({ value, currency, description, error, onChange, ...rest }: MoneyFieldProps) {
  const t = useT()
  const show = (amount: number | undefined) => {
    const decimals = currencyDecimals(currency)
    return amount === undefined ? '' : (amount / 10 ** decimals).toFixed(decimals)
  }
  const [text, setText] = useState(() => show(value))
  const [seen, setSeen] = useState(value)
  // Undo, or somebody else, changed it meanwhile.
  if (value !== seen) {
    setSeen(value)
    setText(show(value))
  }
  const read = (typed: string) => (typed.trim() === '' ? undefined : parseMoney(plainAmount(typed), currency))
  return (
    <TextField
      {...rest}
      value={text}
      inputMode="decimal"
      error={read(text) === null ? t('app.form.money') : error}
      description={description === undefined ? currency : `${currency} · ${description}`}
      onChange={(typed) => {
        setText(typed)
        const money = read(typed)
        if (money === null) return
        setSeen(money?.amount)
        onChange(money?.amount)
      }}
    />
  )
}
