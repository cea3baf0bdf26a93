/** The order in which the operations of the API are listed: the order in which an office works. */
export interface ApiGuide {
  description: string
  /** Every tag of an operation, in order. */
  tags: readonly { name: string; description: string }[]
}

const tag = (name: string, description: string) => ({ name, description })

export const apiGuide: ApiGuide = {
  description: `
**从这里开始 · Start here**

1. \`POST /api/sessions\` 登录 · sign in; the answer sets a cookie, or take its token as \`Authorization: Bearer …\`.
2. \`POST /api/imports\` 上传名单 · upload lists of units, teams and people; \`POST /api/zone-imports\` zones.
3. \`POST /api/events\`, \`POST /api/events/{eventId}/shifts\` 建活动和岗位 · an event and its shifts; ask units with quotas.
4. \`POST /api/events/{eventId}/plans\` 排岗 · a proposal of who goes where; apply it, publish the event.
5. Everybody answers and checks in behind a personal link; \`GET /api/events/{eventId}/report\` 看统计 · says who came.

**通用约定 · What always holds**

- Bodies and queries are strict: a key that is not named is refused.
- Lists are paged: pass \`nextCursor\` as \`cursor\`.
- What can be edited has an \`ETag\`; send it as \`If-Match\` where that header is listed.
- Times are answered in UTC (\`2026-03-04T05:30:00.000Z\`), so that any two compare as text; by which clock people read
  them is the \`timeZone\` of the event. A request may give any offset: \`2026-03-04T13:30:00+08:00\`.
- What creates takes an \`Idempotency-Key\`: the same request sent twice is done once.
- Every refusal is an RFC 9457 problem whose \`code\` never changes; a method that an address does not have is 405 with \`Allow\`.
`.trim(),
  tags: [
    tag('账号 · accounts', '登录、账号、角色 · sessions, users and their roles'),
    tag('单位 · units', '谁属于哪里 · the tree of units'),
    tag('队伍与班级 · teams and classes', '队伍、班级及其成员 · teams, classes and their members'),
    tag('人员 · persons', '志愿者、师生、联系方式、同意书 · people, their numbers and consents'),
    tag('重复人员 · duplicates', '查重与合并 · finding and merging records of one person'),
    tag(
      '同一人的多条记录 · records of one human',
      '双报到：同一人在不同单位的记录 · one human known to several units',
    ),
    tag('导入 · imports', '名单的预览、更正、入库、撤销 · lists: preview, correct, commit, undo'),
    tag('区域 · zones', '区划、网格、边界 · divisions, cells and their boundaries'),
    tag('三定责任 · responsibilities', '谁长期负责哪里 · who answers for which zone'),
    tag('活动 · events', '活动与专项行动 · events and campaigns'),
    tag('岗位班次 · shifts', '何时、何地、多少人 · where, when, how many'),
    tag('动员 · mobilization', '名额、派队、报名、答复 · quotas, allotments, sign-ups, answers'),
    tag('排岗 · planning', '方案及其理由 · proposals and their reasons'),
    tag('消息 · messages', '短信与邮件的去向 · what was sent, and what became of it'),
    tag('消息模板 · message templates', '短信与邮件的文字 · the words of messages'),
    tag('消息回调 · provider callbacks', '服务商的回执 · receipts and replies from the provider'),
    tag(
      '个人链接 · personal links',
      '志愿者和家长的页面 · what a volunteer or parent does behind their link',
    ),
    tag('签到 · attendance', '到岗与签退 · who came, and when'),
    tag('点名 · roll-call', '队长与现场负责人 · for leaders and whoever is in charge'),
    tag('补录 · entered afterwards', '事后申请与审核 · asked for and decided afterwards'),
    tag('未成年人信息 · data of minors', '谁可以看、谁批准 · who may see it, and who approves'),
    tag('创城 · command', '工作机构、清单、交办与销号 · working bodies, books, and what every unit owes'),
    tag(
      '测评标准 · standards',
      '测评体系、标准与责任分工 · schemes, their standards, and who answers for each',
    ),
    tag('测评点位 · points', '测评点位 · the places that are looked at'),
    tag(
      '督查轮次 · rounds',
      '抽样、安排、公开、核验 · rounds: drawn, visited, shown, drawn again by anybody',
    ),
    tag('走访 · visits', '任务包、上传、回执 · what inspectors take along and bring home'),
    tag('整改问题 · cases', '督查发现、整改前后 · findings to put right, before and after'),
    tag(
      '测评得分 · scores',
      '轮次得分、标准×县区、整改问题统计 · scores of a round, and the rates of its cases',
    ),
    tag('排名与申诉 · rankings', '月度排名、申诉、定稿 · rankings, appeals against them, and what is final'),
    tag('照片 · pictures', '佐证照片 · evidence, for whoever may see what it is about'),
    tag('报表 · reports', '统计、快报、存档 · figures of an event, and their snapshots'),
    tag('实时 · live', '到岗情况与大屏 · figures as they change, and the screens that show them'),
    tag('导出 · exports', '导出为表格 · lists as spreadsheets'),
    tag('工作台 · desk', '个人偏好 · what the console keeps for a user'),
    tag('工作日 · working days', '节假日与调休 · holidays and worked weekends'),
    tag('审计 · audit', '谁做了什么 · who did what'),
    tag('系统 · system', '后台任务、时钟 · jobs and the clock'),
  ],
}
