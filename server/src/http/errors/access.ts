import { words } from '@sluice/sdk'
import { defineCatalogue, row } from './define.ts'

/** Who you are and what you may. */
export const accessErrors = defineCatalogue({
  SLU_SIGN_IN_REQUIRED: {
    terminal: true,
    http: 401,
    says: words('Sign in first', '请先登录'),
    hint: words('Sign in, or send Authorization: Bearer <token>', '请登录，或使用 Authorization: Bearer <令牌>'),
  },
  SLU_TOKEN_INVALID: {
    terminal: true,
    http: 401,
    says: words('This token is unknown, expired or revoked', '令牌不存在、已过期或已撤销'),
    hint: words('Make a new one under Settings', '请在“设置”中创建新令牌'),
  },
  SLU_SIGN_IN_FAILED: {
    terminal: true,
    http: 401,
    says: words('E-mail or password is wrong', '邮箱或密码错误'),
    hint: words('Try again, or ask an admin for a new password', '请重试，或请管理员重设密码'),
  },
  SLU_REVEAL_FROZEN: row(
    423,
    ['This value is frozen: the customer withdrew consent', '该值已冻结：客户已撤回授权'],
    ['No reason opens it; only a new consent of the customer does', '任何理由都不能查看，只有客户重新授权后才会解冻'],
  ),
  SLU_REVEAL_NO_CONSENT: row(
    403,
    ['No consent is known for this value', '该值没有已知的授权'],
    ['Ask the customer for consent; until then it stays hidden from everybody', '请先取得客户授权，在此之前任何人都不能查看'],
  ),
  SLU_REVEAL_NOTHING: row(
    422,
    ['There is no hidden value in that place', '该位置没有被隐藏的值'],
    ['Name a place of the journal that reads {"$masked":"policy"}', '请指定日志中显示为 {"$masked":"policy"} 的位置'],
  ),
  SLU_REVEAL_LIMIT: row(
    429,
    ['You have looked at 20 hidden values within a day', '一天内查看隐藏值已达 20 次'],
    ['Go on tomorrow, or ask a colleague who may', '请明天再试，或请有权限的同事查看'],
  ),
  SLU_PERMISSION_DENIED: {
    terminal: true,
    http: 403,
    says: words('You may not do this', '没有权限'),
    detail: words('This needs the permission {permission}', '需要权限 {permission}'),
    hint: words('Ask an admin for a role that has it', '请管理员授予拥有该权限的角色'),
  },
  SLU_ORIGIN_REFUSED: {
    terminal: true,
    http: 403,
    says: words('The request comes from another site', '请求来自其他站点'),
    hint: words('Open Sluice itself, or use an API token', '请在 Sluice 页面内操作，或使用 API 令牌'),
  },
  SLU_SETUP_DONE: {
    terminal: true,
    http: 409,
    says: words('The first admin exists already', '首位管理员已存在'),
    hint: words('Sign in', '请直接登录'),
  },
  SLU_SETUP_LOCAL_ONLY: {
    terminal: true,
    http: 403,
    says: words('The first admin is made at the machine itself', '首位管理员只能在本机创建'),
    hint: words(
      'Run npx sluice user add --role admin there, or open it as localhost',
      '请在本机运行 npx sluice user add --role admin，或用 localhost 打开',
    ),
  },
  SLU_PASSWORD_WEAK: {
    terminal: true,
    http: 422,
    says: words('The password is too weak', '密码强度不足'),
    detail: words('12 to 200 characters, and not one of the common ones', '须为 12 至 200 个字符，且不能是常见密码'),
    hint: words('Four random words make a good one', '可使用四个随机词语组合'),
  },
  SLU_USER_EXISTS: {
    terminal: true,
    http: 409,
    says: words('Somebody has this e-mail already', '该邮箱已被使用'),
    hint: words('Use another e-mail, or change that user', '请换一个邮箱，或修改已有用户'),
  },
  SLU_USER_UNKNOWN: {
    terminal: true,
    http: 404,
    says: words('No such user', '用户不存在'),
    hint: words('Look at the list of users', '请查看用户列表'),
  },
  SLU_USER_LAST_ADMIN: {
    terminal: true,
    http: 409,
    says: words('This is the last admin', '这是最后一位管理员'),
    hint: words('Make somebody else admin first', '请先设置其他管理员'),
  },
  SLU_ROLE_UNKNOWN: {
    terminal: true,
    http: 422,
    says: words('No such role', '角色不存在'),
    detail: words('Known roles: {known}', '可用角色：{known}'),
    hint: words('Use one of the known roles', '请使用已有角色'),
  },
  SLU_ROLE_ABOVE_OWN: {
    terminal: true,
    http: 403,
    says: words('You may not give more than you have', '不能授予超出自身的权限'),
    hint: words('Choose roles whose permissions you have yourself', '请选择自己拥有其权限的角色'),
  },
  SLU_TOKEN_UNKNOWN_ID: {
    terminal: true,
    http: 404,
    says: words('No such token', '令牌不存在'),
    hint: words('Look at the list of tokens', '请查看令牌列表'),
  },
  SLU_CONFIG_INVALID: {
    terminal: true,
    http: 500,
    says: words('A setting is wrong', '配置有误'),
    hint: words('Mend the named setting and start again', '请修正所指配置后重新启动'),
  },
  SLU_PUBLIC_BIND_REFUSED: {
    terminal: true,
    http: 500,
    says: words('The server would be open to everyone', '服务将对所有人开放'),
    hint: words('Listen on 127.0.0.1, or set up an admin and encryption first', '请监听 127.0.0.1，或先设置管理员与加密'),
  },
  SLU_DATA_MISSING: {
    terminal: true,
    http: 500,
    says: words('There is no data', '没有数据'),
    detail: words(
      '{folder} holds no database. Set SLUICE_DATA to the data folder.',
      '{folder} 中没有数据库。请用 SLUICE_DATA 指定数据文件夹。',
    ),
    hint: words('Set SLUICE_DATA to the data folder', '请用 SLUICE_DATA 指定数据文件夹'),
  },
  SLU_PORT_TAKEN: {
    terminal: true,
    http: 500,
    says: words('The port is in use', '端口已被占用'),
    detail: words(
      'Another program listens on port {port}. Stop it, or choose another with SLUICE_PORT.',
      '端口 {port} 已被其他程序占用。请停止该程序，或用 SLUICE_PORT 指定其他端口。',
    ),
    hint: words('Choose another port with SLUICE_PORT', '请用 SLUICE_PORT 指定其他端口'),
  },
  SLU_PORT_REFUSED: {
    terminal: true,
    http: 500,
    says: words('This address cannot be listened on', '无法监听该地址'),
    detail: words('The system does not let us listen on {host}:{port}.', '系统不允许监听 {host}:{port}。'),
    hint: words('Choose another address or port (SLUICE_HOST, SLUICE_PORT)', '请更换地址或端口(SLUICE_HOST、SLUICE_PORT)'),
  },
  SLU_ROUTE_WITHOUT_PERMISSION: {
    terminal: true,
    http: 500,
    says: words('A route has no row in the permission table', '有路由未在权限表中登记'),
    hint: words('Add its row in server/src/policy/route-table.ts', '请在 server/src/policy/route-table.ts 中登记'),
  },
})
