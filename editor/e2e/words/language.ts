/** The language the tests that name none run in: English, or with `SLUICE_TEST_LANGUAGE=zh-CN` the Chinese product. */
export const testLanguage: 'en' | 'zh-CN' = process.env.SLUICE_TEST_LANGUAGE === 'zh-CN' ? 'zh-CN' : 'en'

/** The locale of the server and of the window that go with it. */
export const serverLocale = testLanguage === 'en' ? 'en_GB' : 'zh_CN'
export const windowLocale = testLanguage === 'en' ? 'en-GB' : 'zh-CN'
