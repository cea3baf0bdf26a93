import type { Widened } from '../../words/speech.ts'

/** What the pages of points say. */
export const pointsZh = {
  title: '测评点位',
  question: '看哪些地方，在哪里，归谁管？',
  map: '点位地图',
  mapQuestion: '点位分布在哪里？',
  toMap: '看地图',
  toList: '看列表',
  search: '名称或编号',
  code: '编号',
  name: '名称',
  pointClass: '类型',
  anyClass: '全部类型',
  zone: '所在区域',
  unit: '所属单位',
  district: '县区',
  place: '位置',
  placed: '已标注',
  nowhere: '未标注位置',
  state: '状态',
  openOnly: '在用',
  closedOnly: '已停用',
  none: '—',
  found: (shown: number, more: boolean) => (more ? `本页${shown}个点位，后面还有` : `共${shown}个点位`),
  empty: '还没有点位。',
  emptyFiltered: '没有符合条件的点位。',
  new: '登记点位',
}
export type PointWords = Widened<typeof pointsZh>
