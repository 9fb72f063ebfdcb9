/** What a notice on a device says. It stands here and not in the catalogues: the service worker is one file and speaks while no page is open. */
const words = {
  en: {
    task: 'A task is waiting for you',
    veto: 'A decision needs your approval or your veto',
    question: 'A colleague asks you something',
    due: (time: string) => `Due ${time}`,
    open: 'Open it in Sluice',
  },
  'zh-CN': {
    task: '有一项待办等您处理',
    veto: '有一项决定等您批准或否决',
    question: '有同事向您提问',
    due: (time: string) => `截止时间：${time}`,
    open: '在 Sluice 中打开',
  },
} as const

export interface PushNotice {
  readonly title: string
  readonly body: string
  readonly lang: 'en' | 'zh-CN'
  /** Where it leads; the same for every message that cannot be read. */
  readonly url: string
  /** A later notice of the same task takes the place of this one. */
  readonly tag: string
}

/** Reads what the server sent: which kind of task, which one, until when. Whatever it is, the browser has to show something. */
export function noticeOf(text: string | undefined, zone?: string): PushNotice {
  const { kind, task, dueAt, language } = read(text)
  const lang = language === 'zh-CN' ? 'zh-CN' : 'en'
  const { due, open, ...titles } = words[lang]
  const title = kind === 'veto' || kind === 'question' ? titles[kind] : titles.task
  const known = typeof task === 'string' && /^[\w-]{1,100}$/.test(task) ? task : null
  const time =
    typeof dueAt === 'number' && Number.isFinite(dueAt)
      ? new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, {
          dateStyle: 'medium',
          timeStyle: 'short',
          ...(zone !== undefined && { timeZone: zone }),
        }).format(dueAt)
      : null
  return {
    title,
    body: time === null ? open : due(time),
    lang,
    url: known === null ? '/tasks' : `/tasks/${known}`,
    tag: known === null ? 'tasks' : `task-${known}`,
  }
}

function read(text: string | undefined): { readonly [field: string]: unknown } {
  try {
    const found: unknown = JSON.parse(text ?? '')
    return typeof found === 'object' && found !== null ? { ...found } : {}
  } catch {
    return {}
  }
}
