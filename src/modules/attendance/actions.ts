/** What the audit trail says of what is done here, after whoever did it. */
export const attendanceActions = {
  'late_entry.approved': { zh: '核实通过补录', en: 'approved a late entry' },
  'late_entry.asked': { zh: '申请补录', en: 'asked for a late entry' },
  'late_entry.climbed': { zh: '补录转上一级核实', en: 'passed a late entry on' },
  'late_entry.many': { zh: '补录数量异常', en: 'made unusually many late entries' },
  'late_entry.refused': { zh: '补录核实未通过', en: 'refused a late entry' },
  'late_entry.taken_back': { zh: '抽查后撤销补录', en: 'took a late entry back after a check' },
  'late_entry.upheld': { zh: '抽查后维持补录', en: 'upheld a late entry after a check' },
  'numbers.read': { zh: '查看队员号码', en: 'saw the numbers of a team' },
  'roll_pass.issued': { zh: '签发点名凭证', en: 'issued a roll pass' },
  'roll_pass.revoked': { zh: '收回点名凭证', en: 'revoked a roll pass' },
}
