import { useEffect, useState } from 'react'
import { onDemand } from '../../ui/index.ts'
import { needTexts } from '../i18n/index.ts'

const Bell = onDemand(async () => (await Promise.all([import('./NoticesBell.tsx'), needTexts('notices')]))[0].NoticesBell)
const afterMs = 1_200

/** The bell comes once the screen stands: nobody's first moment waits for it. */
export function Notices() {
  const [isDue, setDue] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), afterMs)
    return () => clearTimeout(timer)
  }, [])
  return isDue ? <Bell /> : null
}
