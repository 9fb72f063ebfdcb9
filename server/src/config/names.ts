import { words } from '@sluice/sdk'

/** Every setting of the environment: its default and what it does. The README's table and `sluice start --help` are made from this. */
export const settingNames = {
  SLUICE_PORT: { default: '4400', says: words('Port to listen on', '监听端口') },
  SLUICE_HOST: {
    default: '127.0.0.1',
    says: words(
      'Address to listen on; a public one needs an admin and TLS or a trusted proxy',
      '监听地址；公网地址须先有管理员，并启用 TLS 或可信代理',
    ),
  },
  SLUICE_DATA: { default: './data', says: words('Folder of databases, keys and backups', '数据库、密钥与备份所在文件夹') },
  SLUICE_DATABASE_URL: {
    default: '',
    says: words(
      'postgres:// address; this build keeps its state in SQLite and refuses it',
      'postgres:// 地址；本版本只用 SQLite，填写将被拒绝',
    ),
  },
  SLUICE_ADMIN_TOKEN: { default: '', says: words('Admin token for automation, 32 characters at least', '自动化管理令牌，至少 32 个字符') },
  SLUICE_DEMO: {
    default: '',
    says: words('1 loads the demo workspace into an empty data folder, 0 does not', '1 表示在空数据文件夹中载入演示数据，0 表示不载入'),
  },
  SLUICE_MODEL_URL: {
    default: '',
    says: words('OpenAI-compatible endpoint, for example https://host/v1', '兼容 OpenAI 的接口地址，例如 https://host/v1'),
  },
  SLUICE_MODEL_KEY: { default: '', says: words('Key of the model endpoint', '模型接口密钥') },
  SLUICE_MODEL: { default: '', says: words('Name of the model', '模型名称') },
  SLUICE_LOG: {
    default: 'info',
    says: words('fatal, error, warn, info, debug, trace or silent', '日志级别：fatal、error、warn、info、debug、trace 或 silent'),
  },
  SLUICE_PUBLIC_URL: {
    default: '',
    says: words('Address people open, for example https://sluice.example.com', '用户访问的地址，例如 https://sluice.example.com'),
  },
  SLUICE_TRUST_PROXY: {
    default: '',
    says: words('Addresses or ranges of proxies in front, separated by commas', '前置代理的地址或网段，以逗号分隔'),
  },
  SLUICE_TLS_CERT: { default: '', says: words('PEM file of the certificate', '证书 PEM 文件') },
  SLUICE_TLS_KEY: { default: '', says: words('PEM file of the certificate’s key', '证书私钥 PEM 文件') },
  SLUICE_ALLOW_HOSTS: {
    default: '',
    says: words('Hosts that flows may call, separated by commas; without it none', '流程可以访问的主机，以逗号分隔；不填则全部禁止'),
  },
  SLUICE_WORKSPACE: { default: 'Sluice', says: words('Name of the workspace on screen', '界面上显示的工作区名称') },
} as const

export type SettingName = keyof typeof settingNames

/** Secrets for flows: `SLUICE_SECRET_CRM=…` is the secret `crm`. */
export const secretPrefix = 'SLUICE_SECRET_'
